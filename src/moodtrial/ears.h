// moodtrial/ears.h - tempo, key and mode as heard, against the notes that were played.
#pragma once

#include <cstddef>

#include "base/result.h"
#include "moodtrial/trial.h"

namespace harmonic::moodtrial {

/// Pieces of VGMIDI, two minutes each, by the first of the sound fonts.
struct EarFigures {
  /// Of pieces that keep one written tempo, and of copies at .85 and 1.15 of it.
  std::size_t tempo_pieces = 0;
  double tempo_exact = 0.0;   ///< share within 4 % of the written quarter notes
  double tempo_octave = 0.0;  ///< the same when half, double, a third and threefold count as well
  /// The same of the pieces of games that taught the tempo (audio/beat.h) nothing.
  std::size_t untaught_pieces = 0;
  double untaught_exact = 0.0;
  double untaught_octave = 0.0;
  /// Of pieces and their copies three semitones up and five down.
  std::size_t key_pieces = 0;
  double key_follows = 0.0;  ///< share of the copies whose key moved by exactly that, mode kept
  /// Of pieces whose notes settle the mode: the best major and the best minor key of their
  /// durations differ by kSettled in correlation.
  std::size_t mode_pieces = 0;
  double mode_right = 0.0;
};

inline constexpr double kSettled = 0.1;

/// Errors  those of hear_corpora().
[[nodiscard]] Result<EarFigures> measure_ears(const Sources& sources, const OnHeard& on_heard = {});

}  // namespace harmonic::moodtrial
