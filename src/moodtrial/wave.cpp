#include "moodtrial/wave.h"

#include <cstdint>
#include <cstring>
#include <string_view>

#include "audio/decode.h"

namespace harmonic::moodtrial {

namespace {

class Bytes {
 public:
  void text(std::string_view word) {
    for (const char c : word) bytes_.push_back(static_cast<std::byte>(c));
  }
  void number(std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) bytes_.push_back(static_cast<std::byte>(value >> (8 * i)));
  }
  void samples(std::span<const float> values) {
    const auto raw = std::as_bytes(values);
    bytes_.insert(bytes_.end(), raw.begin(), raw.end());
  }
  [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

}  // namespace

std::vector<std::byte> as_wav(std::span<const float> interleaved, int channels, int rate) {
  constexpr std::uint32_t kFloatSamples = 3;
  const auto size = static_cast<std::uint32_t>(interleaved.size_bytes());
  const auto wide = static_cast<std::uint32_t>(channels);
  const auto per_second = static_cast<std::uint32_t>(rate);
  Bytes bytes;
  bytes.text("RIFF");
  bytes.number(36 + size, 4);
  bytes.text("WAVEfmt ");
  bytes.number(16, 4);
  bytes.number(kFloatSamples, 2);
  bytes.number(wide, 2);
  bytes.number(per_second, 4);
  bytes.number(per_second * wide * 4, 4);
  bytes.number(wide * 4, 2);
  bytes.number(32, 2);
  bytes.text("data");
  bytes.number(size, 4);
  bytes.samples(interleaved);
  return bytes.take();
}

Result<void> hear_mono(std::span<const float> interleaved, int channels, int rate,
                       const std::function<void(std::span<const float>)>& on_block) {
  const auto wav = as_wav(interleaved, channels, rate);
  HARMONIC_TRY(auto decoder, audio::Decoder::open(wav));
  audio::Block block;
  while (true) {
    HARMONIC_TRY(const bool more, decoder.read(block));
    if (!more) return {};
    on_block(block.mono);
  }
}

}  // namespace harmonic::moodtrial
