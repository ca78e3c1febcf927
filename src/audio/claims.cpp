#include "audio/claims.h"

#include <cmath>

#include "audio/cue_song.h"
#include "audio/media_file.h"

extern "C" {
#include <libavformat/avformat.h>
}

namespace harmonic::audio {

namespace {

// The longest song that is read (audio/analyse.h); a header may claim anything.
constexpr double kLongestClaim = 12.0 * 3600.0;

std::optional<std::chrono::milliseconds> duration_of(const MediaFile& file) {
  const AVStream& stream = file.sound();
  double seconds = 0.0;
  if (stream.duration != AV_NOPTS_VALUE) {
    seconds = static_cast<double>(stream.duration) * av_q2d(stream.time_base);
  } else if (file.format().duration != AV_NOPTS_VALUE) {
    seconds = static_cast<double>(file.format().duration) / AV_TIME_BASE;
  }
  if (!(seconds > 0.0 && seconds <= kLongestClaim)) return std::nullopt;
  return std::chrono::milliseconds{std::llround(seconds * 1000.0)};
}

Claims claims_of(const MediaFile& file) {
  return {file.container(), duration_of(file), tags_of(file)};
}

}  // namespace

Result<Claims> read_claims(const std::filesystem::path& path) {
  if (sheet_of(path)) {
    HARMONIC_TRY(const auto song, find_cue_song(path));
    HARMONIC_TRY(auto claims, read_claims(song.sound));
    if (song.part.end) claims.duration = *song.part.end;
    if (claims.duration) claims.duration = *claims.duration - song.part.start;
    tell_track(claims.tags, song.sheet, song.track);
    return claims;
  }
  return MediaFile::open(path).map(claims_of);
}

Result<Claims> read_claims(std::span<const std::byte> bytes) {
  return MediaFile::open(bytes).map(claims_of);
}

}  // namespace harmonic::audio
