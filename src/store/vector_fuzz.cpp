// A vector's bytes as a damaged library might hold them: refused, or read and written back the
// same.
#include <algorithm>
#include <cstdlib>

#include "store/song_row.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::span input{reinterpret_cast<const std::byte*>(data), size};
  const auto features = static_cast<std::int64_t>(static_cast<std::int8_t>(data[0]));
  const auto vector = harmonic::store::to_vector(input.subspan(1), features);
  if (!vector) return 0;
  const auto back = harmonic::store::to_bytes(*vector);
  if (!std::equal(back.begin(), back.end(), input.begin() + 1, input.end())) std::abort();
  return 0;
}
