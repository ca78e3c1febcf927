// audio/folded_spectrum.h - a spectrum folded into pitch classes. Internal to the module.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::audio {

/// Power of a frame by pitch class, through overlapping bells on the logarithm of frequency, the
/// octaves around C5 counting most: the chromagram of librosa 0.7, so that DEAM's table can be met.
/// Source  Ellis, "Chroma feature analysis and synthesis", LabROSA 2007
class FoldedSpectrum {
 public:
  /// For spectra of `bins` bins, `bin_hz` apart; `tuning_semitones` against A = 440 Hz.
  FoldedSpectrum(std::size_t bins, double bin_hz, double tuning_semitones);
  /// From C. Shape  `power` [bins]
  [[nodiscard]] std::array<double, 12> operator()(std::span<const float> power) const;

 private:
  std::vector<std::array<float, 12>> weights_;  ///< a row a bin
};

}  // namespace harmonic::audio
