#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "audio/harmony.h"

namespace harmonic::audio {

namespace {

// How well each step fits a key, as listeners rated it (Krumhansl and Kessler 1982, probe tones).
constexpr Chroma kMajor{6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
constexpr Chroma kMinor{6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17};

// How often each step occurs in pieces of a key (Albrecht and Shanahan 2013).
constexpr Chroma kMajorNotes{0.238, 0.006, 0.111, 0.006, 0.137, 0.094,
                             0.016, 0.214, 0.009, 0.080, 0.008, 0.081};
constexpr Chroma kMinorNotes{0.220, 0.006, 0.104, 0.123, 0.019, 0.103,
                             0.012, 0.214, 0.062, 0.022, 0.061, 0.052};
constexpr double kEvenedOut = 0.7;  // exponent: long notes count for a little less

using Profiles = std::array<Chroma, 2>;  // minor, major
constexpr Profiles kRated{kMinor, kMajor};

/// The mean of what listeners rate and what pieces hold, each with a sum of 1.
Profiles rated_and_counted() {
  Profiles mean{kMinorNotes, kMajorNotes};
  for (std::size_t mode = 0; mode < 2; ++mode) {
    const auto sum_of = [](const Chroma& c) { return std::accumulate(c.begin(), c.end(), 0.0); };
    const double counted = sum_of(mean[mode]);
    const double rated = sum_of(kRated[mode]);
    for (std::size_t i = 0; i < 12; ++i)
      mean[mode][i] = mean[mode][i] / counted + kRated[mode][i] / rated;
  }
  return mean;
}

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

KeyFit fit_profiles(const Chroma& chroma, const Profiles& profiles) {
  std::array<double, 2> best{-2.0, -2.0};
  std::array<std::uint8_t, 2> tonic{};
  for (std::uint8_t t = 0; t < 12; ++t) {
    for (std::size_t mode = 0; mode < 2; ++mode) {
      const double fit = correlation(chroma, t, profiles[mode]);
      if (fit <= best[mode]) continue;
      best[mode] = fit;
      tonic[mode] = t;
    }
  }
  const bool is_major = best[1] > best[0];
  const Key key{tonic[is_major ? 1 : 0], is_major ? Mode::kMajor : Mode::kMinor};
  return {key, is_major ? best[1] : best[0], best[1] - best[0]};
}

}  // namespace

KeyFit fit_key(const Chroma& chroma) { return fit_profiles(chroma, kRated); }

KeyFit fit_key_of_notes(const Chroma& notes) {
  static const Profiles profiles = rated_and_counted();
  Chroma evened{};
  std::transform(notes.begin(), notes.end(), evened.begin(),
                 [](double x) { return std::pow(x, kEvenedOut); });
  return fit_profiles(evened, profiles);
}

}  // namespace harmonic::audio
