// audio/progression.h - which chords a song moves through, and how high it plays. Internal to the
// module.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "audio/statistics.h"
#include "base/music_units.h"

namespace harmonic::audio {

/// What one harmony frame (372 ms) sounds like.
struct Moment {
  std::array<float, 12> chroma{};  ///< by pitch class from C, overtones shared out; sums to 1
  float highest = 0.0F;            ///< MIDI number of the highest strong partial
  float lowest = 0.0F;             ///< MIDI number of the lowest strong partial
  float centre = 0.0F;             ///< MIDI number, mean by amplitude
  float partials = 0.0F;           ///< how many are strong
};

/// Degrees count semitones above the tonic of the major key, or of the relative major of a minor
/// one, so that a song that wavers between the two keeps its degrees.
struct Progression {
  std::array<double, 12> major_degrees{};  ///< share of the moments on a major triad, by degree
  std::array<double, 12> minor_degrees{};
  double major_share = 0.0;  ///< of the moments, [0, 1]
  double minor_share = 0.0;
  double diminished_share = 0.0;
  double augmented_share = 0.0;
  RunningStats fit;                     ///< cosine with the best triad, [0, 1]
  double changes_per_second = 0.0;      ///< of the triad
  RunningStats local_majorness;         ///< of 8 s windows, [-2, 2]
  double major_windows = 0.0;           ///< share of those windows in major, [0, 1]
  double settled_windows = 0.0;         ///< share of those windows in the key before, [0, 1]
  std::array<RunningStats, 3> tension;  ///< distance from the centre on the circles of fifths,
                                        ///< minor thirds and major thirds, [0, 1]
  RunningStats drift;                   ///< steps of the tonal centroid from moment to moment
  RunningStats highest;                 ///< MIDI number
  RunningStats lowest;
  RunningStats centre;
  RunningStats partials;
  RunningStats leap;  ///< semitones between successive highest partials
};

/// Triads are binary templates matched with the mean of three moments; below a cosine of .6 there
/// is none.
///
/// Shape   `moments` in order, `per_second` of them a second
/// Source  Fujishima, "Realtime chord recognition of musical sound", ICMC 1999 (templates); Harte,
///         Sandler, Gasser, "Detecting harmonic change in musical audio", AMCMM 2006 (tonal
///         centroid)
[[nodiscard]] Progression describe_progression(std::span<const Moment> moments, Key key,
                                               double per_second);

}  // namespace harmonic::audio
