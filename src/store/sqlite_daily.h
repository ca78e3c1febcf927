// store/sqlite_daily.h - catalog::DailyLists in the library's file.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "catalog/daily_lists.h"

namespace harmonic::store {

/// As open(): the same file, folder, promises and errors.
[[nodiscard]] Result<std::unique_ptr<catalog::DailyLists>> open_daily_lists(
    const std::filesystem::path& data_folder);

}  // namespace harmonic::store
