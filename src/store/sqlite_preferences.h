// store/sqlite_preferences.h - catalog::Preferences in the library's file.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "catalog/preferences.h"

namespace harmonic::store {

/// As open(): the same file, folder, promises and errors.
[[nodiscard]] Result<std::unique_ptr<catalog::Preferences>> open_preferences(
    const std::filesystem::path& data_folder);

}  // namespace harmonic::store
