// Whatever a client writes into its Range header, the slice lies inside the file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "server/range.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t length) {
  using namespace harmonic::server;
  std::uint64_t size = 0;
  if (length < sizeof size) return 0;
  std::memcpy(&size, data, sizeof size);
  const std::string value{data + sizeof size, data + length};
  const auto answer = read_range(value, size);
  if (const auto* slice = std::get_if<Slice>(&answer)) {
    if (slice->length == 0 || slice->first >= size || slice->length > size - slice->first) {
      std::abort();
    }
    if (content_range(*slice, size).size() < sizeof "bytes 0-0/1" - 1) std::abort();
  }
  return 0;
}
