// audio/rhythm.h - onset strength -> tempo, how clear the pulse is, how many notes begin.
#pragma once

#include <optional>
#include <span>

#include "audio/repetition.h"
#include "audio/statistics.h"
#include "base/music_units.h"

namespace harmonic::audio {

struct Rhythm {
  /// What is told (beat.h). Absent when there is no pulse: `tempo_confidence` below kNoPulse.
  std::optional<Tempo> tempo;
  double tempo_confidence = 0.0;  ///< [0, 1]: mean autocorrelation of the onsets at 1 to 4 beats
  /// What the vector reads, by an older rule that the moods were taught with (decision 165): the
  /// likeliest tempo even where it is unsure, 120 where nothing sounds, and the same mean at it.
  double best_bpm = 120.0;
  double confidence = 0.0;
  double onsets_per_second = 0.0;
  RunningStats interval_log2;  ///< between successive onsets, log2 of seconds
  RunningStats onset_height;   ///< of the onsets above their surroundings, dB
  double strength_mean = 0.0;  ///< dB of rise a frame
  double strength_deviation = 0.0;
};

inline constexpr double kNoPulse = 0.08;
inline constexpr double kSlowestBeat = 40.0;   ///< bpm
inline constexpr double kFastestBeat = 220.0;  ///< bpm

/// How many dB the mel bands rise from frame to frame, on the mean; each [n].
struct OnsetStrength {
  std::span<const float> all;
  std::span<const float> bass;    ///< of the lowest bands alone
  std::span<const float> treble;  ///< of the highest
};

/// `best_bpm`: the mean of normalised autocorrelations of 24 s windows, summed over 1 to 4 beats,
/// weighted by a log-normal preference for 120 bpm (one octave); when every half beat is as strong
/// as the beat, the faster tempo is taken.
///
/// Shape   `per_second` frames a second (43.07)
/// Source  Ellis, "Beat tracking by dynamic programming", J. New Music Research 36 (2007), 51-60
///         (autocorrelation and its weighting); Lartillot et al., "Multi-feature modeling of pulse
///         clarity", ISMIR 2008 (the height of the autocorrelation as clarity)
[[nodiscard]] Rhythm measure_rhythm(const OnsetStrength& strength, double per_second);

/// What the tempo that is told is made of.
[[nodiscard]] Repetition measure_repetition(const OnsetStrength& strength, double per_second);

}  // namespace harmonic::audio
