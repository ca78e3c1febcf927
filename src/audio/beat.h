// audio/beat.h - the tempo of a song's beat. Internal to the module.
#pragma once

#include <optional>
#include <span>

#include "audio/repetition.h"

namespace harmonic::audio {

struct Beat {
  double bpm = 0.0;         ///< kSlowestTold .. kFastestTold
  double confidence = 0.0;  ///< [0, 1]: mean autocorrelation of the onsets at 1 to 4 beats
};

inline constexpr double kSlowestTold = 29.0;
inline constexpr double kFastestTold = 303.0;

/// The place of the highest score: a line through the inputs of each tempo.
[[nodiscard]] std::size_t likeliest_tempo(std::span<const TempoInputs, kTempi> inputs,
                                          std::span<const double, kTempoInputs> weights);

/// The likeliest tempo by weights that written tempi have taught (docs/models/music.md), moved to
/// the nearest peak. Absent where nothing repeats.
///
/// Source  Ellis, "Beat tracking by dynamic programming", J. New Music Research 36 (2007), 51-60
///         (autocorrelation); Gkiokas et al., "Reducing tempo octave errors by periodicity vector
///         coding and SVM learning", ISMIR 2012 (that the octave is learned)
[[nodiscard]] std::optional<Beat> find_beat(const Repetition& repetition);

}  // namespace harmonic::audio
