// tagging/former_tags.h - what a file was before we wrote into it, kept in the data folder.
// Internal to the module.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"

namespace harmonic::tagging {

/// Enough to make the former file from the one that we wrote.
struct FormerTags {
  std::string former_digest;  ///< SHA-256 of the file before our first write
  std::string written_digest;
  std::int64_t former_modified_ns = 0;
  std::string delta;  ///< tagging/delta.h, from the written file to the former one
};

/// One small file for each song, by the digest of its path, in `former_tags` of the data folder;
/// readable by its owner alone.
class FormerTagsFolder {
 public:
  explicit FormerTagsFolder(const std::filesystem::path& data_folder)
      : folder_{data_folder / "former_tags"} {}

  /// Nothing where we never wrote into that song.
  /// Errors  kUnavailable, kCorrupt.
  [[nodiscard]] Result<std::optional<FormerTags>> find(const std::filesystem::path& song) const;
  /// On the disk when this returns.  Errors  kUnavailable.
  [[nodiscard]] Result<void> keep(const std::filesystem::path& song,
                                  const FormerTags& former) const;
  [[nodiscard]] Result<void> forget(const std::filesystem::path& song) const;

 private:
  [[nodiscard]] std::filesystem::path file_of(const std::filesystem::path& song) const;
  std::filesystem::path folder_;
};

}  // namespace harmonic::tagging
