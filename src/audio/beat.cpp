#include "audio/beat.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "audio/correlation.h"
#include "audio/spectrum.h"

namespace harmonic::audio {

namespace {

constexpr std::size_t kWindow = 1024;  // frames: 24 s
constexpr std::size_t kStep = 512;
constexpr std::size_t kShortest = 64;
constexpr std::size_t kLongestLag = 600;
constexpr double kSlowest = 30.0;
constexpr double kRatio = 1.04;
constexpr std::size_t kTempi = 59;
constexpr double kUsualBpm = 120.0;
constexpr double kFewestOnsets = 0.2;  // a second
constexpr double kFaintest = 0.05;     // comb that others are compared with

/// Of a beat, at which the onsets are compared with themselves.
constexpr std::array<double, 13> kMultiples{0.25, 1.0 / 3.0, 0.5, 2.0 / 3.0, 0.75, 1.0, 4.0 / 3.0,
                                            1.5,  2.0,       3.0, 4.0,       6.0,  8.0};
/// What the correlation at each adds to the score of a tempo.
constexpr std::array kAllWeights{-1.8168, -1.6697, 0.0692,  -1.117, -0.4015, 1.6114, -0.6859,
                                 1.4147,  0.4448,  -0.1677, 0.0189, -0.4512, -0.0702};
constexpr std::array kBassMultiples{0.5, 1.0, 2.0, 4.0};
constexpr std::array kBassWeights{-1.546, 1.2032, 0.457, 0.2494};
constexpr std::array kTrebleMultiples{0.5, 1.0, 2.0};
constexpr std::array kTrebleWeights{-0.4277, 2.1915, 0.7121};
constexpr double kCombWeight = 0.8551;      // the mean correlation at 1 to 4 beats
constexpr double kRelativeWeight = 0.8931;  // that against the best tempo's
constexpr double kOctaves = -0.1168;        // of the tempo above 120 bpm
constexpr double kOctavesSquared = -0.8542;
constexpr double kInABeat = 0.1034;  // log2 of the onsets in a beat
constexpr double kInABeatSquared = -0.4807;

/// Mean over windows of the autocorrelation, 1 at lag 0 and freed from the shrinking overlap; empty
/// where no window holds an onset.
Correlation correlate(std::span<const float> onsets) {
  Autocorrelation autocorrelation{kWindow};
  Correlation sum(kLongestLag + 1, 0.0);
  std::vector<float> piece(kWindow);
  int windows = 0;
  for (std::size_t at = 0; at == 0 || at + kWindow <= onsets.size(); at += kStep) {
    const auto window = onsets.subspan(at, std::min(kWindow, onsets.size() - at));
    const auto n = window.size();
    if (n < kShortest) break;
    const float mean = std::accumulate(window.begin(), window.end(), 0.0F) / static_cast<float>(n);
    std::fill(piece.begin(), piece.end(), 0.0F);
    std::transform(window.begin(), window.end(), piece.begin(),
                   [mean](float x) { return x - mean; });
    const auto raw = autocorrelation.of(piece);
    const double power = static_cast<double>(raw[0]) / static_cast<double>(n);
    if (power <= 1e-6) continue;
    for (std::size_t lag = 0; lag <= kLongestLag && lag < n; ++lag)
      sum[lag] += static_cast<double>(raw[lag]) / static_cast<double>(n - lag) / power;
    ++windows;
  }
  if (windows == 0) return {};
  for (double& value : sum) value /= windows;
  return sum;
}

template <std::size_t N>
double weighted(const Correlation& correlation, double beat, const std::array<double, N>& multiples,
                const std::array<double, N>& weights) {
  if (correlation.empty()) return 0.0;
  double sum = 0.0;
  for (std::size_t i = 0; i < N; ++i)
    sum += weights[i] * value_at(correlation, beat * multiples[i]);
  return sum;
}

double with_square(double x, double weight, double square_weight) {
  return weight * x + square_weight * x * x;
}

/// The lag near `beat` with the highest comb.
double refined(const Correlation& correlation, double beat) {
  constexpr int kTries = 14;
  constexpr double kReach = 0.035;  // a little under a step between tempi
  double best = beat;
  double highest = -2.0;
  for (int i = -kTries; i <= kTries; ++i) {
    const double lag = beat * (1.0 + kReach * i / kTries);
    const double height = comb(correlation, lag);
    if (height <= highest) continue;
    highest = height;
    best = lag;
  }
  return best;
}

}  // namespace

std::optional<Beat> find_beat(const Rises& rises, double per_second, double onset_rate) {
  const auto all = correlate(rises.all);
  if (all.empty()) return std::nullopt;
  const auto bass = correlate(rises.bass);
  const auto treble = correlate(rises.treble);
  const double frames = 60.0 * per_second;
  std::array<double, kTempi> bpm{};
  std::array<double, kTempi> combs{};
  for (std::size_t i = 0; i < kTempi; ++i) {
    bpm[i] = kSlowest * std::pow(kRatio, static_cast<double>(i));
    combs[i] = comb(all, frames / bpm[i]);
  }
  const double strongest = std::max(kFaintest, *std::max_element(combs.begin(), combs.end()));
  std::array<double, kTempi> scores{};
  for (std::size_t i = 0; i < kTempi; ++i) {
    const double beat = frames / bpm[i];
    const double in_a_beat = std::log2(std::max(kFewestOnsets, onset_rate) * 60.0 / bpm[i]);
    scores[i] = weighted(all, beat, kMultiples, kAllWeights) +
                weighted(bass, beat, kBassMultiples, kBassWeights) +
                weighted(treble, beat, kTrebleMultiples, kTrebleWeights) + kCombWeight * combs[i] +
                kRelativeWeight * combs[i] / strongest +
                with_square(std::log2(bpm[i] / kUsualBpm), kOctaves, kOctavesSquared) +
                with_square(in_a_beat, kInABeat, kInABeatSquared);
  }
  const auto best = std::max_element(scores.begin(), scores.end()) - scores.begin();
  const double beat = refined(all, frames / bpm[static_cast<std::size_t>(best)]);
  return Beat{frames / beat, std::clamp(comb(all, beat), 0.0, 1.0)};
}

}  // namespace harmonic::audio
