// base/song_tags.h - what a music file says about itself in words; read by `audio`, kept by
// `catalog`.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace harmonic {

/// MBIDs, 36 characters each in lower case; empty where the file names none.
/// Source  MusicBrainz Picard, "Appendix B: Tag Mapping".
struct MusicBrainzIds {
  std::string recording;
  std::string release;
  std::string release_group;
  std::vector<std::string> artists;
  friend bool operator==(const MusicBrainzIds&, const MusicBrainzIds&) = default;
};

/// The loudness that ReplayGain 2.0 brings every song to.
inline constexpr float kReplayGainLufs = -18.0F;

/// Gains as files carry them, to a reference of -18 LUFS (an Opus R128 gain is moved there).
/// Source  ReplayGain 2.0 specification; RFC 7845, section 5.2.1.
struct ReplayGain {
  std::optional<float> track_db;    ///< [-51, 51]
  std::optional<float> track_peak;  ///< [0, 100], 1 is full scale
  std::optional<float> album_db;
  std::optional<float> album_peak;
  friend bool operator==(const ReplayGain&, const ReplayGain&) = default;
};

/// UTF-8 without control characters when `audio` made it. An empty string or list means that the
/// tag is absent.
struct SongTags {
  std::string title;
  std::string artist;  ///< as it is to be shown: several are joined by ", "
  std::string album;
  std::string album_artist;
  std::string genre;         ///< several are joined by ", "
  std::optional<int> track;  ///< 1 .. 9999, as the other numbers
  std::optional<int> year;
  std::vector<std::string> artists;  ///< each by itself, in the file's order, none twice
  std::vector<std::string> album_artists;
  std::vector<std::string> genres;
  std::optional<int> track_total;
  std::optional<int> disc;
  std::optional<int> disc_total;
  std::string date;  ///< as written, "2004" or "2004-05-31"
  std::string composer;
  MusicBrainzIds musicbrainz;
  ReplayGain replay_gain;
  friend bool operator==(const SongTags&, const SongTags&) = default;
};

}  // namespace harmonic
