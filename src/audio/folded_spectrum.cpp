#include "audio/folded_spectrum.h"

#include <algorithm>
#include <cmath>

namespace harmonic::audio {

namespace {

constexpr double kA0Hz = 27.5;
constexpr double kClasses = 12.0;
constexpr double kAToC = 9.0;          // classes from C up to A
constexpr double kMiddleOctave = 5.0;  // above A0
constexpr double kOctaveWidth = 2.0;
constexpr double kZeroBin = 1.5 * kClasses;  // how far below the first bin that of 0 Hz is put

/// Semitones above A0 of each bin.
std::vector<double> pitches_of(std::size_t bins, double bin_hz, double tuning_semitones) {
  const double a0 = kA0Hz * std::exp2(tuning_semitones / kClasses);
  std::vector<double> pitches(bins);
  for (std::size_t k = 1; k < bins; ++k)
    pitches[k] = kClasses * std::log2(static_cast<double>(k) * bin_hz / a0);
  pitches[0] = pitches[1] - kZeroBin;
  return pitches;
}

}  // namespace

FoldedSpectrum::FoldedSpectrum(std::size_t bins, double bin_hz, double tuning_semitones) {
  const auto pitches = pitches_of(bins, bin_hz, tuning_semitones);
  weights_.resize(bins);
  for (std::size_t k = 0; k < bins; ++k) {
    const double width = k + 1 < bins ? std::max(1.0, pitches[k + 1] - pitches[k]) : 1.0;
    std::array<double, 12> bells{};
    double square = 0.0;
    for (std::size_t c = 0; c < bells.size(); ++c) {
      const double away = std::remainder(pitches[k] + kAToC - static_cast<double>(c), kClasses);
      bells[c] = std::exp(-0.5 * std::pow(2.0 * away / width, 2.0));
      square += bells[c] * bells[c];
    }
    const double octave = (pitches[k] / kClasses - kMiddleOctave) / kOctaveWidth;
    const double scale = std::exp(-0.5 * octave * octave) / std::sqrt(square);
    for (std::size_t c = 0; c < bells.size(); ++c)
      weights_[k][c] = static_cast<float>(scale * bells[c]);
  }
}

std::array<double, 12> FoldedSpectrum::operator()(std::span<const float> power) const {
  std::array<float, 12> classes{};
  for (std::size_t k = 0; k < weights_.size(); ++k) {
    for (std::size_t c = 0; c < classes.size(); ++c) classes[c] += power[k] * weights_[k][c];
  }
  std::array<double, 12> result{};
  std::copy(classes.begin(), classes.end(), result.begin());
  return result;
}

}  // namespace harmonic::audio
