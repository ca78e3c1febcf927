// audio/mel.h - power spectrum -> bands as the ear spaces them -> cepstrum.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::audio {

inline constexpr std::size_t kMelBands = 40;
inline constexpr std::size_t kMfccCount = 13;
inline constexpr float kQuietestBandDb = -100.0F;

using MelLevels = std::array<float, kMelBands>;  ///< dB re full scale, >= kQuietestBandDb
using Mfcc = std::array<float, kMfccCount>;

/// Triangles with centres equally spaced in mel = 2595 log10(1 + f / 700) from 30 Hz to 11 kHz.
/// Source  Davis and Mermelstein, "Comparison of parametric representations for monosyllabic word
///         recognition in continuously spoken sentences", IEEE Trans. ASSP 28 (1980), 357-366; the
///         mel formula is O'Shaughnessy's (1987).
class MelBank {
 public:
  MelBank(std::size_t fft_size, double rate);
  /// `power` [fft_size/2 + 1].
  [[nodiscard]] MelLevels levels(std::span<const float> power) const;

 private:
  struct Band {
    std::size_t first_bin = 0;
    std::vector<float> weights;
  };
  std::array<Band, kMelBands> bands_;
};

/// Orthonormal DCT-II of the band levels, first kMfccCount coefficients.
class CosineTransform {
 public:
  CosineTransform();
  [[nodiscard]] Mfcc operator()(const MelLevels& levels) const;

 private:
  std::array<std::array<float, kMelBands>, kMfccCount> table_{};
};

}  // namespace harmonic::audio
