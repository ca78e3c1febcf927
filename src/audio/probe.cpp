#include "audio/probe.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <vector>

extern "C" {
#include <libavformat/avformat.h>
}

namespace harmonic::audio {

namespace {

constexpr std::array<std::size_t, 3> kLooks{8UL * 1024, 64UL * 1024, 1024UL * 1024};
constexpr int kSureEnough = AVPROBE_SCORE_RETRY;  // 25 of 100; random bytes reach 1
constexpr std::string_view kWhatIsRead = "MP3, FLAC, Ogg Vorbis, Opus, M4A and WAV are read";

struct Known {
  std::string_view demuxer;
  std::string_view container;
};
constexpr std::array kKnown{Known{"mp3", "mp3"}, Known{"flac", "flac"}, Known{"ogg", "ogg"},
                            Known{"mov,mp4,m4a,3gp,3g2,mj2", "m4a"}, Known{"wav", "wav"}};

// A tag may hold a picture of megabytes, so the sound behind it is what must be looked at.
std::int64_t end_of_id3(const ByteSource& source) {
  std::int64_t at = 0;
  std::array<std::byte, 10> head{};
  const auto byte = [&head](std::size_t i) { return std::to_integer<std::int64_t>(head.at(i)); };
  while (source.read(at, head) == std::ssize(head) && std::memcmp(head.data(), "ID3", 3) == 0) {
    const auto size =
        (byte(6) & 127) << 21 | (byte(7) & 127) << 14 | (byte(8) & 127) << 7 | (byte(9) & 127);
    const bool has_footer = (byte(5) & 0x10) != 0;
    at += size + (has_footer ? 20 : 10);
  }
  return at;
}

struct Look {
  const AVInputFormat* format = nullptr;
  int score = 0;
};

Look look(const ByteSource& source, std::int64_t at, std::size_t length) {
  std::vector<std::byte> bytes(length + AVPROBE_PADDING_SIZE);
  const auto got = source.read(at, std::span{bytes}.first(length));
  if (got <= 0) return {};
  bytes.resize(static_cast<std::size_t>(got) + AVPROBE_PADDING_SIZE);
  std::fill(bytes.end() - AVPROBE_PADDING_SIZE, bytes.end(), std::byte{0});
  AVProbeData data{};
  data.filename = "";  // content only
  data.buf = reinterpret_cast<unsigned char*>(bytes.data());
  data.buf_size = static_cast<int>(got);
  Look found;
  found.format = av_probe_input_format3(&data, 1, &found.score);
  return found;
}

/// By the first bytes, which these containers always have; each of FFmpeg's some 300 probes would
/// read on for kilobytes.
const AVInputFormat* by_magic(const ByteSource& source, std::int64_t at) {
  std::array<char, 12> head{};
  const auto got = source.read(at, std::as_writable_bytes(std::span{head}));
  if (got < std::ssize(head)) return nullptr;
  const std::string_view text{head.data(), head.size()};
  if (text.starts_with("fLaC")) return av_find_input_format("flac");
  if (text.starts_with("OggS")) return av_find_input_format("ogg");
  if (text.starts_with("RIFF") && text.ends_with("WAVE")) return av_find_input_format("wav");
  if (text.substr(4, 4) == "ftyp") return av_find_input_format("mov");
  return nullptr;
}

std::string_view container_of(const AVInputFormat& format) {
  const auto* const known = std::find_if(
      kKnown.begin(), kKnown.end(), [&](const Known& one) { return one.demuxer == format.name; });
  return known != kKnown.end() ? known->container : std::string_view{};
}

/// The shortest look that is sure of a format that is read, or else the longest.
Look look_longer(const ByteSource& source, std::int64_t at) {
  Look found;
  for (const auto length : kLooks) {
    found = look(source, at, length);
    // Two formats that are as sure are none.
    const bool sure = found.format != nullptr && found.score >= kSureEnough;
    if (sure && !container_of(*found.format).empty()) break;
  }
  return found;
}

std::string named(const AVInputFormat& format) {
  return format.long_name != nullptr && *format.long_name != '\0' ? format.long_name : format.name;
}

}  // namespace

Result<Probed> probe(const ByteSource& source) {
  const auto start = end_of_id3(source);
  if (start >= source.size()) {
    return fail(ErrorKind::kInvalidInput, "holds a tag and no sound: it is cut off");
  }
  // Short MP3 files score low; the tag before them makes up for it.
  const int needed = start > 0 ? 1 : kSureEnough;
  const auto* const marked = by_magic(source, start);
  const Look found =
      marked != nullptr ? Look{marked, AVPROBE_SCORE_MAX} : look_longer(source, start);
  if (found.format == nullptr || found.score < needed) {
    return fail(ErrorKind::kInvalidInput, "is not a sound file of a known format");
  }
  if (const auto container = container_of(*found.format); !container.empty())
    return Probed{found.format, std::string{container}};
  return fail(ErrorKind::kInvalidInput, "looks like " + named(*found.format) +
                                            ", which is not read: " + std::string{kWhatIsRead});
}

}  // namespace harmonic::audio
