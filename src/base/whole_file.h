// base/whole_file.h - files read and written whole.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace harmonic {

/// Errors  kNotFound, kUnavailable.
[[nodiscard]] Result<std::string> read_whole(const std::filesystem::path& file);

/// In one step: a kill leaves the old file or the new one.
/// Errors  kUnavailable: cannot be written.
[[nodiscard]] Result<void> write_whole(const std::filesystem::path& file, std::string_view bytes);

}  // namespace harmonic
