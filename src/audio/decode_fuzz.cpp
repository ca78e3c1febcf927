// Foreign bytes through the whole of hearing: probe, demuxer, decoder, every feature.
#include <cstddef>
#include <cstdint>
#include <span>

#include "audio/analyse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto song = harmonic::audio::analyse(std::as_bytes(std::span{data, size}));
  // What is read is complete and finite, whatever the bytes were.
  if (song && song->features.size() != harmonic::audio::feature_names().size()) __builtin_trap();
  return 0;
}
