// audio/beat.h - how the onsets of a song repeat themselves -> the tempo of its beat. Internal to
// the module.
#pragma once

#include <optional>
#include <span>

namespace harmonic::audio {

struct Beat {
  double bpm = 0.0;         ///< kSlowestTold .. kFastestTold
  double confidence = 0.0;  ///< [0, 1]: mean autocorrelation of the onsets at 1 to 4 beats
};

inline constexpr double kSlowestTold = 29.0;
inline constexpr double kFastestTold = 303.0;

/// How far each frame rises above its surroundings, each [n].
struct Rises {
  std::span<const float> all;
  std::span<const float> bass;
  std::span<const float> treble;
};

/// The likeliest of 59 tempi from 30 to 292 bpm: a linear score of how the rises correlate at
/// simple fractions and multiples of the beat, of the tempo and of the onsets in a beat, with
/// weights that written tempi have taught (docs/models/music.md), then moved to the nearest peak.
///
/// Shape   `per_second` frames a second; `onset_rate` onsets a second. Absent where nothing
///         repeats.
/// Source  Ellis, "Beat tracking by dynamic programming", J. New Music Research 36 (2007), 51-60
///         (autocorrelation); Gkiokas et al., "Reducing tempo octave errors by periodicity vector
///         coding and SVM learning", ISMIR 2012 (that the octave is learned)
[[nodiscard]] std::optional<Beat> find_beat(const Rises& rises, double per_second,
                                            double onset_rate);

}  // namespace harmonic::audio
