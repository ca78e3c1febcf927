// Foreign bytes as a delta, and as two files of which one is told by the other.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tagging/delta.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace tagging = harmonic::tagging;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto cut = size == 0 ? 0 : std::min<std::size_t>(size, data[0] * std::size_t{16});
  const auto former = bytes.substr(0, cut);
  const auto now = bytes.substr(cut);
  (void)tagging::apply_delta(former, now);
  const auto back = tagging::apply_delta(now, tagging::make_delta(former, now));
  if (!back || *back != former) __builtin_trap();
  return 0;
}
