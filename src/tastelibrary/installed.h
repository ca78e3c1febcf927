// tastelibrary/installed.h - the taste model of a data folder.
#pragma once

#include <filesystem>
#include <optional>

#include "base/result.h"
#include "taste/model_file.h"

namespace harmonic::tastelibrary {

/// Where `harmonic taste train` puts a model that is not told where to go.
[[nodiscard]] std::filesystem::path model_file_of(const std::filesystem::path& data);

/// The model of a data folder, or nothing where none was learned. Errors  kCorrupt, kUnavailable.
[[nodiscard]] Result<std::optional<taste::IalsModel>> installed_model(
    const std::filesystem::path& data);

}  // namespace harmonic::tastelibrary
