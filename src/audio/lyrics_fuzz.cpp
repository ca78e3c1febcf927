// Foreign bytes as an LRC file.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "audio/lyrics.h"
#include "audio/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto lyrics = harmonic::audio::parse_lrc({reinterpret_cast<const char*>(data), size});
  if (lyrics.lines.size() > 10'000) __builtin_trap();
  std::chrono::milliseconds last{0};
  for (const auto& line : lyrics.lines) {
    if (line.at.has_value() != lyrics.timed || !harmonic::audio::is_utf8(line.text))
      __builtin_trap();
    if (!line.at) continue;
    if (*line.at < last) __builtin_trap();
    last = *line.at;
  }
  return 0;
}
