// audio/repetition.h - how the onsets of a song repeat themselves -> what speaks for each tempo.
// Internal to the module, and what the weights of beat.h are taught with.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "audio/correlation.h"

namespace harmonic::audio {

inline constexpr std::size_t kTempi = 59;
/// bpm, 30 to 292, in steps of 4 %; `tempo` 0 .. kTempi - 1.
[[nodiscard]] double bpm_at(std::size_t tempo);

/// How far each frame rises above its surroundings, dB, each [n].
struct Rises {
  std::span<const float> all;
  std::span<const float> bass;
  std::span<const float> treble;
};

struct Repetition {
  Correlation all;          ///< of the pulses; empty where nothing repeats
  Correlation bass;         ///< may be empty
  Correlation treble;       ///< may be empty
  double per_second = 0.0;  ///< frames
  double onset_rate = 0.0;  ///< onsets a second
};

/// Each peak of the rises becomes a pulse, nearly as high for a faint onset as for a loud one: when
/// something begins tells more of the beat than how loudly. The correlation is the mean of those of
/// windows of 24 s, 1 at lag 0.
[[nodiscard]] Repetition repetition_of(const Rises& rises, double per_second, double onset_rate);

inline constexpr std::array<double, 13> kMultiples{
    0.25, 1.0 / 3.0, 0.5, 2.0 / 3.0, 0.75, 1.0, 4.0 / 3.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0};
inline constexpr std::array kBassMultiples{0.5, 1.0, 2.0, 4.0};
inline constexpr std::array kTrebleMultiples{0.5, 1.0, 2.0};
inline constexpr std::size_t kTempoInputs =
    kMultiples.size() + kBassMultiples.size() + kTrebleMultiples.size() + 6;

/// What speaks for and against a tempo: the correlations at multiples of its beat (all, bass,
/// treble), their mean at 1 to 4 beats, that against the best tempo's, octaves above 120 bpm, log2
/// of the onsets in a beat, and the squares of the last two.
using TempoInputs = std::array<double, kTempoInputs>;

/// Of each tempo, were the song played `speed` times as fast. `repetition.all` is not empty.
[[nodiscard]] std::array<TempoInputs, kTempi> tempo_inputs(const Repetition& repetition,
                                                           double speed = 1.0);

/// The tempo within 3.5 % of `bpm` whose beat repeats best, as sharply as the song keeps it over up
/// to 16 beats, were it played `speed` times as fast.
[[nodiscard]] double refined_bpm(const Repetition& repetition, double bpm, double speed = 1.0);

}  // namespace harmonic::audio
