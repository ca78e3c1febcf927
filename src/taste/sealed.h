// taste/sealed.h - files that are whole or refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace harmonic::taste {

/// What a file is: four letters and the version of what follows them.
struct Seal {
  std::string_view magic;
  std::uint32_t version = 1;
};

/// Magic, version, the SHA-256 of `body`, `body`.
[[nodiscard]] std::string sealed(const Seal& seal, std::string_view body);

/// The body. Errors  kCorrupt: another kind of file, another version, or bytes that changed.
[[nodiscard]] Result<std::string_view> unsealed(const Seal& seal, std::string_view bytes);

}  // namespace harmonic::taste
