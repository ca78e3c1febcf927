// Foreign bytes through the whole of hearing: probe, demuxer, decoder, every feature; and through
// what players are sent of a part of them.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "audio/analyse.h"
#include "audio/part_stream.h"

namespace {

namespace audio = harmonic::audio;

// From the start, from the middle and back again, and from the end.
void play_a_part(std::span<const std::byte> bytes) {
  auto part = audio::PartStream::open(bytes, {std::chrono::milliseconds{30}, std::nullopt});
  if (!part) return;
  std::array<char, 5000> piece{};
  for (const auto at : {std::uint64_t{0}, part->size() / 2, part->size() / 4, part->size() - 1}) {
    if (part->read_at(at, piece) == 0) __builtin_trap();
  }
  if (part->read_at(part->size(), piece) != 0) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span{data, size});
  const auto song = audio::analyse(bytes);
  // What is read is complete and finite, whatever the bytes were.
  if (song && song->features.size() != audio::feature_names().size()) __builtin_trap();
  play_a_part(bytes);
  return 0;
}
