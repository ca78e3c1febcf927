// store/sqlite_lists.h - catalog::SongLists in the library's file.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "catalog/song_lists.h"

namespace harmonic::store {

/// As open(): the same file, folder, promises and errors.
[[nodiscard]] Result<std::unique_ptr<catalog::SongLists>> open_lists(
    const std::filesystem::path& data_folder);

}  // namespace harmonic::store
