// Module corpus: published data sets, as folders or still packed.
//
// Uses     base; libarchive inside.  Used by moodtrial and tastetrial.
// Threads  functions of their arguments and the files that they name.
//
// corpus/archive.h - a data set's folder, unpacked when it is still an archive.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace harmonic::corpus {

/// DATA/FOLDER when it is there; else DATA/ARCHIVE (.tar, .tar.zst, .zip), unpacked once into
/// CACHE/FOLDER. Paths that leave the cache are refused; a run that is killed leaves no half
/// folder. Errors  kNotFound: neither is there.  kInvalidInput: damaged.  kUnavailable: cannot be
/// written.
[[nodiscard]] Result<std::filesystem::path> open_set(const std::filesystem::path& data,
                                                     std::string_view folder,
                                                     std::string_view archive,
                                                     const std::filesystem::path& cache);

/// The bytes of `files`, which are paths within the set, by path. Nothing is written: of a set that
/// is still packed they are read from the archive. Each may be up to 1 GiB. Errors  as open_set;
/// kNotFound also where one of the files is not in the set.
[[nodiscard]] Result<std::map<std::string, std::string>> read_set(
    const std::filesystem::path& data, std::string_view folder, std::string_view archive,
    const std::vector<std::string>& files);

/// Unpacks all regular files of `archive` into `into`, which must not be there.
/// Errors  as open_set.
[[nodiscard]] Result<void> unpack(const std::filesystem::path& archive,
                                  const std::filesystem::path& into);

}  // namespace harmonic::corpus
