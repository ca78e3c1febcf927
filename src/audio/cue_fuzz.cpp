// Foreign bytes as a cue sheet.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "audio/cue_sheet.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto sheet = harmonic::audio::parse_cue({reinterpret_cast<const char*>(data), size});
  if (!sheet) return 0;
  if (sheet->tracks.empty() || sheet->tracks.size() > 99) __builtin_trap();
  for (const auto& track : sheet->tracks) {
    if (track.end && *track.end <= track.start) __builtin_trap();
    if (track.file.find('/') != std::string::npos) __builtin_trap();
  }
  return 0;
}
