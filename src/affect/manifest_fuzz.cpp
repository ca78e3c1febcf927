#include <cstddef>
#include <cstdint>
#include <string_view>

#include "affect/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static_cast<void>(harmonic::affect::parse_manifest({reinterpret_cast<const char*>(data), size}));
  return 0;
}
