// store/data_folder.h - the folder and the file that the library lives in, and who may read them.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace harmonic::store {

/// Makes the data folder (0700) and an empty library file in it (0600) where they are missing; what
/// is there keeps its rights. Gives the absolute path of the file.
/// Errors  kInvalidInput: the folder is a file or has no name.  kUnavailable: it cannot be written.
[[nodiscard]] Result<std::filesystem::path> prepare(const std::filesystem::path& data_folder);

}  // namespace harmonic::store
