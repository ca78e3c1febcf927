// base/paths.h - where the program finds what came with it, and where it keeps what is its user's.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "base/result.h"

namespace harmonic {

/// An environment: the value of a variable, or nothing. Tests hand in their own.
using Environment = std::function<const char*(const char* name)>;

/// The folder that holds `models/` and `web/dist/`: the environment's HARMONIC_SHARE; else the
/// nearest ancestor of `executable` with a `models` folder in it (a source tree, any build folder);
/// else `../share/harmonic` beside the executable's folder (an installation).
/// Errors  kNotFound, with the folders that were looked at.
[[nodiscard]] Result<std::filesystem::path> share_dir_of(const std::filesystem::path& executable,
                                                         const Environment& environment);

/// share_dir_of this very program and its environment.
[[nodiscard]] Result<std::filesystem::path> share_dir();

/// Where the library is kept when no --data is given: XDG_DATA_HOME/harmonic, else
/// HOME/.local/share/harmonic. Not created here.
/// Source  XDG Base Directory Specification: a relative XDG_DATA_HOME counts as none.
/// Errors  kNotFound when neither variable is set.
[[nodiscard]] Result<std::filesystem::path> default_data_dir(const Environment& environment);
[[nodiscard]] Result<std::filesystem::path> default_data_dir();
/// `named`, what --data gave, or default_data_dir() when it is empty.
[[nodiscard]] Result<std::filesystem::path> data_dir(const std::string& named);

}  // namespace harmonic
