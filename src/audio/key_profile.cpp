#include <array>
#include <cmath>
#include <numeric>

#include "audio/harmony.h"

namespace harmonic::audio {

namespace {

// How well each step fits a key, as listeners rated it (Krumhansl and Kessler 1982, probe tones).
constexpr Chroma kMajor{6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
constexpr Chroma kMinor{6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17};

/// Pearson's correlation of the chroma seen from `tonic` with a profile; 0 for a flat chroma.
double correlation(const Chroma& chroma, std::size_t tonic, const Chroma& profile) {
  const double mean_a = std::accumulate(chroma.begin(), chroma.end(), 0.0) / 12.0;
  const double mean_b = std::accumulate(profile.begin(), profile.end(), 0.0) / 12.0;
  double ab = 0.0;
  double aa = 0.0;
  double bb = 0.0;
  for (std::size_t i = 0; i < 12; ++i) {
    const double a = chroma[(i + tonic) % 12] - mean_a;
    const double b = profile[i] - mean_b;
    ab += a * b;
    aa += a * a;
    bb += b * b;
  }
  return aa > 1e-12 ? ab / std::sqrt(aa * bb) : 0.0;
}

}  // namespace

KeyFit fit_key(const Chroma& chroma) {
  std::array<double, 2> best{-2.0, -2.0};
  std::array<std::uint8_t, 2> tonic{};
  for (std::uint8_t t = 0; t < 12; ++t) {
    const std::array fits{correlation(chroma, t, kMinor), correlation(chroma, t, kMajor)};
    for (std::size_t mode = 0; mode < 2; ++mode) {
      if (fits[mode] <= best[mode]) continue;
      best[mode] = fits[mode];
      tonic[mode] = t;
    }
  }
  const bool is_major = best[1] > best[0];
  const Key key{tonic[is_major ? 1 : 0], is_major ? Mode::kMajor : Mode::kMinor};
  return {key, is_major ? best[1] : best[0], best[1] - best[0]};
}

}  // namespace harmonic::audio
