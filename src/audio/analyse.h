// audio/analyse.h - one file, one decode, everything that is to be known of its sound.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "audio/cue_song.h"
#include "audio/features.h"
#include "audio/tags.h"
#include "base/music_units.h"
#include "base/result.h"

namespace harmonic::audio {

/// Sound shorter than this has no rhythm or key worth the name; longer is a radio recording.
inline constexpr std::chrono::seconds kShortestSong{1};
inline constexpr std::chrono::hours kLongestSong{12};

struct Analysis {
  std::string container;                  ///< "mp3", "flac", "ogg", "opus", "m4a", "wav"
  std::chrono::milliseconds duration{0};  ///< as decoded
  Tags tags;
  float loudness_lufs = 0.0F;
  float loudness_range_lu = 0.0F;
  std::optional<Tempo> tempo;  ///< absent without a pulse
  float tempo_confidence = 0.0F;
  std::optional<Key> key;  ///< absent where none fits
  float key_strength = 0.0F;
  std::vector<float> features;  ///< in the order of feature_names()
};

/// Decodes once, in a stream: memory grows by 0.7 KB a second of sound (levels, onsets and chords),
/// and 8 MB hold the excerpt.
/// The same bytes give the same numbers in every run. The path may be a track's (audio/cue_song.h).
/// Errors  those of audio/decode.h, and
///         kInvalidInput  shorter than kShortestSong, longer than kLongestSong, nothing but silence
///         kUnavailable   `stop` was requested
///         Messages are the reason alone; the caller knows the path.
[[nodiscard]] Result<Analysis> analyse(const std::filesystem::path& path,
                                       const std::stop_token& stop = {});
[[nodiscard]] Result<Analysis> analyse(std::span<const std::byte> bytes,
                                       const std::stop_token& stop = {});

/// Each part as a song of its own, in one decode. The tags are the whole file's.
/// Errors  as analyse for the whole file; each part has its own, kInvalidInput: too short, silent,
/// or
///         behind the file's end
[[nodiscard]] Result<std::vector<Result<Analysis>>> analyse_parts(const std::filesystem::path& path,
                                                                  std::span<const Part> parts,
                                                                  const std::stop_token& stop = {});

}  // namespace harmonic::audio
