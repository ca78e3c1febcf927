// audio/constant_q.h - a spectrum with one bin a semitone. Internal to the module.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::audio {

inline constexpr std::size_t kConstantQBins = 84;  ///< seven octaves from C1 (32.70 Hz)

/// Magnitudes of a constant-Q transform with 12 bins an octave, each bin scaled by the square root
/// of its filter's length, as librosa 0.7 has it, so that DEAM's table can be met.
///
/// Shape   `sound` [n] mono at 44.1 kHz; result [1 + n / 512] rows of bins, low to high, one row a
///         512 samples with its middle there; sound outside is silence
/// Source  Brown, "Calculation of a constant Q spectral transform", J. Acoust. Soc. Am. 89 (1991),
///         425-434; halved rate octave by octave: Schoerkhuber and Klapuri, "Constant-Q transform
///         toolbox for music processing", SMC 2010
[[nodiscard]] std::vector<std::array<float, kConstantQBins>> constant_q(
    std::span<const float> sound, double tuning_semitones);

}  // namespace harmonic::audio
