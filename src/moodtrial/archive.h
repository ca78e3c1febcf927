// moodtrial/archive.h - a data set's folder, unpacked when it is still an archive.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace harmonic::moodtrial {

/// DATA/FOLDER when it is there; else DATA/ARCHIVE (.tar, .tar.zst, .zip), unpacked once into
/// CACHE/FOLDER. Paths that leave the cache are refused; a run that is killed leaves no half
/// folder. Errors  kNotFound: neither is there.  kInvalidInput: damaged.  kUnavailable: cannot be
/// written.
[[nodiscard]] Result<std::filesystem::path> open_set(const std::filesystem::path& data,
                                                     std::string_view folder,
                                                     std::string_view archive,
                                                     const std::filesystem::path& cache);

/// Unpacks all regular files of `archive` into `into`, which must not be there.
/// Errors  as open_set.
[[nodiscard]] Result<void> unpack(const std::filesystem::path& archive,
                                  const std::filesystem::path& into);

}  // namespace harmonic::moodtrial
