#include "audio/part_stream.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace harmonic::audio {

namespace {

constexpr int kBytesPerSample = 2;
constexpr std::uint64_t kBitsPerSample = 16;
constexpr int kPcm = 1;  // WAVE_FORMAT_PCM
constexpr std::uint64_t kHeaderBytes = 44;
constexpr float kFullScale = 32768.0F;
constexpr std::int64_t kNearSeconds = 2;
constexpr std::uint64_t kSilence = 1U << 16U;  // bytes at once, where a file has no more sound

std::int64_t samples_of(std::chrono::milliseconds time, int rate) {
  return time.count() * rate / 1000;
}

std::string little_endian(std::uint64_t number, int width) {
  std::string bytes;
  for (int i = 0; i < width; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFFU);
  return bytes;
}

// Source  "Multimedia Programming Interface and Data Specifications 1.0", IBM and Microsoft 1991.
std::string wav_header(std::uint64_t length, std::uint64_t rate, std::uint64_t channels) {
  const auto frame = channels * kBytesPerSample;
  return "RIFF" + little_endian(kHeaderBytes - 8 + length, 4) + "WAVEfmt " + little_endian(16, 4) +
         little_endian(kPcm, 2) + little_endian(channels, 2) + little_endian(rate, 4) +
         little_endian(rate * frame, 4) + little_endian(frame, 2) +
         little_endian(kBitsPerSample, 2) + "data" + little_endian(length, 4);
}

}  // namespace

Result<PartStream> PartStream::open(const std::filesystem::path& sound, const Part& part) {
  HARMONIC_TRY(const auto claims, read_claims(sound));
  HARMONIC_TRY(auto decoder, Decoder::open(sound));
  return make(claims, std::move(decoder), part);
}

Result<PartStream> PartStream::open(std::span<const std::byte> sound, const Part& part) {
  HARMONIC_TRY(const auto claims, read_claims(sound));
  HARMONIC_TRY(auto decoder, Decoder::open(sound));
  return make(claims, std::move(decoder), part);
}

Result<PartStream> PartStream::make(const Claims& claims, Decoder decoder, const Part& part) {
  auto end = part.end;
  if (claims.duration && (!end || *end > *claims.duration)) end = claims.duration;
  if (!end) return fail(ErrorKind::kInvalidInput, "does not say how long it is");
  const auto first = samples_of(part.start, decoder.rate());
  const auto last = samples_of(*end, decoder.rate());
  if (first >= last) return fail(ErrorKind::kInvalidInput, "ends before this song begins");
  const auto bytes = (last - first) * kBytesPerSample * decoder.channel_count();
  if (bytes >
      std::int64_t{std::numeric_limits<std::uint32_t>::max()} - std::int64_t{kHeaderBytes}) {
    return fail(ErrorKind::kInvalidInput, "holds a song of more than 4 GB");
  }
  return PartStream{std::move(decoder), first, last};
}

PartStream::PartStream(Decoder decoder, std::int64_t first, std::int64_t last)
    : decoder_{std::move(decoder)},
      first_{first},
      frame_bytes_{static_cast<std::uint64_t>(kBytesPerSample * decoder_.channel_count())},
      length_{static_cast<std::uint64_t>(last - first) * frame_bytes_},
      header_{wav_header(length_, static_cast<std::uint64_t>(decoder_.rate()),
                         static_cast<std::uint64_t>(decoder_.channel_count()))} {}

std::size_t PartStream::read_at(std::uint64_t offset, std::span<char> into) {
  std::size_t done = 0;
  if (offset < header_.size()) {
    done = std::min<std::size_t>(into.size(), header_.size() - offset);
    std::memcpy(into.data(), header_.data() + offset, done);
  }
  while (done < into.size() && offset + done < size()) {
    const auto at = offset + done - header_.size();
    reach(at);
    const auto count =
        std::min<std::uint64_t>({into.size() - done, end_of_pcm() - at, length_ - at});
    std::memcpy(into.data() + done, pcm_.data() + (at - pcm_at_), count);
    done += count;
  }
  return done;
}

void PartStream::reach(std::uint64_t at) {
  if (at >= pcm_at_ && at < end_of_pcm()) return;
  const auto sample = first_ + static_cast<std::int64_t>(at / frame_bytes_);
  if (!end_ || sample < *end_) {
    // Decoding on is cheaper than jumping when little lies between.
    if (sample < next_ || sample - next_ > kNearSeconds * decoder_.rate())
      next_ = decoder_.seek(sample);
    while (decode_next()) {
      if (at < end_of_pcm()) return;
    }
    end_ = std::min(next_, sample);
  }
  pcm_at_ = at;
  pcm_.assign(std::min<std::uint64_t>(length_ - at, kSilence), '\0');
}

bool PartStream::decode_next() {
  Block block;
  const auto more = decoder_.read(block);
  if (!more || !*more) return false;
  const auto frames = std::ssize(block.channels) / decoder_.channel_count();
  const auto before = std::clamp<std::int64_t>(first_ - next_, 0, frames);
  const auto piece =
      block.channels.subspan(static_cast<std::size_t>(before * decoder_.channel_count()));
  pcm_at_ = static_cast<std::uint64_t>(std::max<std::int64_t>(0, next_ - first_)) * frame_bytes_;
  next_ += frames;
  pcm_.resize(piece.size() * kBytesPerSample);
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const auto value = std::clamp(std::round(piece[i] * kFullScale), -kFullScale, kFullScale - 1);
    const auto bits = static_cast<std::uint16_t>(static_cast<std::int16_t>(value));
    pcm_[2 * i] = static_cast<char>(bits & 0xFFU);
    pcm_[2 * i + 1] = static_cast<char>(bits >> 8U);
  }
  return true;
}

}  // namespace harmonic::audio
