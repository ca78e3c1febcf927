// tagging/whole_file.h - a file read whole, and put in place whole or not at all. Internal to the
// module.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace harmonic::tagging {

/// What a file has beside its bytes.
struct FileFacts {
  mode_t mode = 0600;
  uid_t owner = 0;
  gid_t group = 0;
  std::int64_t modified_ns = 0;  ///< since the Unix epoch
};

struct WholeFile {
  std::string bytes;
  FileFacts facts;
};

/// Errors  kNotFound.  kInvalidInput: no regular file, larger than 1 GiB, or of several names (hard
/// links), which a replacement would part.  kUnavailable: it may not be read.
[[nodiscard]] Result<WholeFile> read_whole(const std::filesystem::path& path);

/// Writes beside it, flushes, renames: at any moment the path holds the old file or the new one.
/// Rights, owner, group and extended attributes are those of `facts` and of the file that is
/// replaced; the time of the last change is now, or the one that is given.
/// Errors  kUnavailable: no room, no right to write, or the owner could not be kept.
[[nodiscard]] Result<void> replace_whole(const std::filesystem::path& path, std::string_view bytes,
                                         const FileFacts& facts,
                                         std::optional<std::int64_t> modified_ns = {});

}  // namespace harmonic::tagging
