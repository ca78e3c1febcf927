// Foreign bytes as a file that is given a mood: what comes out holds it.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "audio/retag.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace audio = harmonic::audio;
  const std::array changes{audio::TagChange{"MOOD", "Happy"}, audio::TagChange{"BPM", "120"}};
  const auto written = audio::retagged({reinterpret_cast<const char*>(data), size}, changes);
  if (!written) return 0;
  const auto words = audio::read_words(std::as_bytes(std::span{*written}));
  if (!words) __builtin_trap();
  return 0;
}
