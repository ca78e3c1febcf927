#include <cstddef>
#include <cstdint>
#include <span>

#include "image/codec.h"

// Any bytes: a picture or a reason, never a crash. Sizes are kept small so that time goes into
// paths.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span{data, size});
  const auto header = harmonic::image::read_header(bytes);
  if (header && std::int64_t{header->width} * header->height > 1'000'000) return 0;
  static_cast<void>(harmonic::image::decode(bytes));
  return 0;
}
