// Module catalog: what the house knows of songs, listeners and plays. Values only, no I/O; the
// Store interface (catalog/store.h) is what scan writes and session reads.
//
// Uses     base.  Used by scan, store, recommend, session, server.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/music_units.h"
#include "base/song_tags.h"
#include "base/valence_arousal.h"

namespace harmonic::catalog {

/// What tells a changed file from an unchanged one without opening it.
struct FileStamp {
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;  ///< since the Unix epoch
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// What tells two contents apart without reading all of them: scan/content.h makes it. Copies of
/// one file share it.
using ContentKey = std::array<std::byte, 16>;

/// What the file says about itself.
using Tags = SongTags;

/// A gain to play a song at -18 LUFS, and whose word it is.
struct TrackGain {
  float db = 0.0F;
  bool from_file = false;  ///< else computed from the loudness that we measured
};

/// What the sound itself says; made by `audio`, kept as stored. A song that was not heard yet has
/// version 0 and nothing else.
struct SoundProfile {
  int version = 0;                     ///< audio::kAnalysisVersion that made it; 0: not heard yet
  std::optional<float> loudness_lufs;  ///< EBU R128 integrated; absent when all is below the gate
  std::optional<float> loudness_range_lu;
  std::optional<Tempo> tempo;
  std::optional<Key> key;
  float tempo_confidence = 0.0F;       ///< [0, 1]
  float key_strength = 0.0F;           ///< [0, 1]
  std::vector<float> vector;           ///< raw features in the order of audio::feature_names()
  std::optional<ValenceArousal> mood;  ///< absent until the song was heard
  int mood_version = 0;                ///< mood::Model::version() that made the mood; 0 without one
};

struct Song {
  SongId id;
  std::filesystem::path path;  ///< absolute
  FileStamp stamp;
  std::optional<ContentKey> content;  ///< absent where an earlier program stored the song
  /// By content: "mp3", "flac", "ogg", "opus", "m4a", "wav"; "wav" for a track of a cue sheet, as
  /// that is what a player gets.
  std::string container;
  /// As decoded; before that as the file claims, 0 where it claims nothing.
  std::chrono::milliseconds duration{0};
  Tags tags;
  SoundProfile sound;

  /// The title, or the file's name where no tag says one.
  [[nodiscard]] std::string shown_title() const {
    return tags.title.empty() ? path.stem().string() : tags.title;
  }
  /// The artist, or "Unknown artist".
  [[nodiscard]] std::string shown_artist() const {
    return tags.artist.empty() ? std::string{"Unknown artist"} : tags.artist;
  }
  /// The gain that the file names, else the one that its loudness asks for; none for silence.
  [[nodiscard]] std::optional<TrackGain> track_gain() const {
    if (tags.replay_gain.track_db) return TrackGain{*tags.replay_gain.track_db, true};
    if (!sound.loudness_lufs) return std::nullopt;
    return TrackGain{kReplayGainLufs - *sound.loudness_lufs, false};
  }
};

}  // namespace harmonic::catalog
