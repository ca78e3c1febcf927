// audio/correlation.h - reading an autocorrelation of onsets at beats that fall between frames.
// Internal to the module.
#pragma once

#include <vector>

namespace harmonic::audio {

using Correlation = std::vector<double>;  ///< by lag in frames

inline constexpr int kBeats = 4;

/// At a lag that need not be whole, >= 0; 0 beyond the last one.
[[nodiscard]] double value_at(const Correlation& correlation, double lag);

/// Mean autocorrelation at 1 .. 4 beats of `beat` frames, [-1, 1].
[[nodiscard]] double comb(const Correlation& correlation, double beat);

}  // namespace harmonic::audio
