// store/sqlite_playlists.h - catalog::Playlists in the library's file.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "catalog/playlists.h"

namespace harmonic::store {

/// As open(): the same file, folder, promises and errors.
[[nodiscard]] Result<std::unique_ptr<catalog::Playlists>> open_playlists(
    const std::filesystem::path& data_folder);

}  // namespace harmonic::store
