// base/digest.h - the fingerprint by which weights and data sets are told apart.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace harmonic {

/// SHA-256 as 64 lower-case hexadecimal digits.
/// Source  FIPS 180-4.  Threads  any.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// The digest of a file's bytes, read in pieces.
/// Errors  kNotFound: no such file.  kUnavailable: it cannot be read.
[[nodiscard]] Result<std::string> sha256_of_file(const std::filesystem::path& file);

}  // namespace harmonic
