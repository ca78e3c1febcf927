// audio/claims.h - what a file says of itself, told without decoding any of its sound.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "audio/tags.h"
#include "base/result.h"

namespace harmonic::audio {

struct Claims {
  std::string container;  ///< "mp3", "flac", "ogg", "opus", "m4a", "wav"
  /// By its header, true or not; absent where that says nothing (MP3 without a Xing header).
  std::optional<std::chrono::milliseconds> duration;
  Tags tags;
};

/// The path may be a track's (audio/cue_song.h). Reads the header and the tags alone: a file whose
/// sound is damaged or cut off passes. Errors  those of audio/media_file.h.
[[nodiscard]] Result<Claims> read_claims(const std::filesystem::path& path);
[[nodiscard]] Result<Claims> read_claims(std::span<const std::byte> bytes);

}  // namespace harmonic::audio
