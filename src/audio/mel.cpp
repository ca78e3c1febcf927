#include "audio/mel.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace harmonic::audio {

namespace {

constexpr double kLowestHz = 30.0;
constexpr double kHighestHz = 11000.0;
constexpr float kFloorPower = 1e-10F;  // kQuietestBandDb

double to_mel(double hz) { return 2595.0 * std::log10(1.0 + hz / 700.0); }
double to_hz(double mel) { return 700.0 * (std::pow(10.0, mel / 2595.0) - 1.0); }

}  // namespace

MelBank::MelBank(std::size_t fft_size, double rate) {
  const double bin_hz = rate / static_cast<double>(fft_size);
  const double low = to_mel(kLowestHz);
  const double step = (to_mel(kHighestHz) - low) / (kMelBands + 1);
  for (std::size_t b = 0; b < kMelBands; ++b) {
    const auto edge = [&](std::size_t i) {
      return to_hz(low + step * static_cast<double>(b + i)) / bin_hz;
    };
    const double left = edge(0);
    const double centre = edge(1);
    const double right = edge(2);
    const auto first = static_cast<std::size_t>(std::ceil(left));
    const auto last = std::min(static_cast<std::size_t>(std::floor(right)), fft_size / 2);
    bands_[b].first_bin = first;
    for (std::size_t k = first; k <= last; ++k) {
      const auto x = static_cast<double>(k);
      const double weight =
          x < centre ? (x - left) / (centre - left) : (right - x) / (right - centre);
      bands_[b].weights.push_back(static_cast<float>(weight));
    }
    // Bands narrower than a bin at the low end take the bin nearest to their centre.
    if (bands_[b].weights.empty()) {
      bands_[b].first_bin = static_cast<std::size_t>(std::lround(centre));
      bands_[b].weights.push_back(1.0F);
    }
  }
}

MelLevels MelBank::levels(std::span<const float> power) const {
  MelLevels levels;
  for (std::size_t b = 0; b < kMelBands; ++b) {
    const float* bins = power.data() + bands_[b].first_bin;
    float sum = 0.0F;
    for (std::size_t i = 0; i < bands_[b].weights.size(); ++i)
      sum += bands_[b].weights[i] * bins[i];
    levels[b] = 10.0F * std::log10(std::max(sum, kFloorPower));
  }
  return levels;
}

CosineTransform::CosineTransform() {
  for (std::size_t c = 0; c < kMfccCount; ++c) {
    const double scale = std::sqrt((c == 0 ? 1.0 : 2.0) / kMelBands);
    for (std::size_t b = 0; b < kMelBands; ++b) {
      const double phase =
          std::numbers::pi * static_cast<double>(c) * (static_cast<double>(b) + 0.5) / kMelBands;
      table_[c][b] = static_cast<float>(scale * std::cos(phase));
    }
  }
}

Mfcc CosineTransform::operator()(const MelLevels& levels) const {
  Mfcc mfcc{};
  for (std::size_t c = 0; c < kMfccCount; ++c) {
    for (std::size_t b = 0; b < kMelBands; ++b) mfcc[c] += table_[c][b] * levels[b];
  }
  return mfcc;
}

}  // namespace harmonic::audio
