// Where strategies lead to, from the file that a listener may change.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "recommend/targets.h"

namespace harmonic::app {

inline constexpr const char* kTargetsHelp =
    "a file that says where strategies lead to (default: targets.txt in the data folder, else "
    "share/targets.txt of the program)";

/// The file `named`; where that is empty targets.txt of `data`, and where there is none the
/// shipped. Errors  kNotFound: no such file.  kInvalidInput: those of Targets::read.
[[nodiscard]] Result<std::shared_ptr<const recommend::Targets>> open_targets(
    const std::string& named, const std::filesystem::path& data);

}  // namespace harmonic::app
