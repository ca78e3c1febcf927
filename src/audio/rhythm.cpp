#include "audio/rhythm.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "audio/beat.h"
#include "audio/correlation.h"
#include "audio/statistics.h"

namespace harmonic::audio {

namespace {

constexpr std::size_t kWindow = 1024;
constexpr std::size_t kStep = 512;
constexpr std::size_t kLongestLag =
    320;  // a little over 4 beats at 40 bpm, and half a window's third
constexpr double kPreferredBpm = 120.0;
constexpr double kPreferenceOctaves = 1.0;
constexpr double kAsStrong = 0.92;
constexpr double kLeastRiseDb = 0.5;

/// The rises above their surroundings (half a second to both sides), a little smeared so that a
/// beat that falls between two frames is still found.
std::vector<float> sharpen(std::span<const float> strength, double per_second) {
  const auto n = static_cast<std::ptrdiff_t>(strength.size());
  const auto reach = static_cast<std::ptrdiff_t>(per_second / 2.0);
  std::vector<double> sums(strength.size() + 1, 0.0);
  for (std::size_t i = 0; i < strength.size(); ++i)
    sums[i + 1] = sums[i] + static_cast<double>(strength[i]);
  std::vector<float> above(strength.size());
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    const auto from = std::max<std::ptrdiff_t>(0, i - reach);
    const auto to = std::min(n, i + reach + 1);
    const double local =
        (sums[static_cast<std::size_t>(to)] - sums[static_cast<std::size_t>(from)]) /
        static_cast<double>(to - from);
    const auto at = static_cast<std::size_t>(i);
    above[at] = static_cast<float>(std::max(0.0, static_cast<double>(strength[at]) - local));
  }
  constexpr std::array kSmear{1.0F / 9, 2.0F / 9, 3.0F / 9, 2.0F / 9, 1.0F / 9};
  std::vector<float> smooth(above.size(), 0.0F);
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    for (std::ptrdiff_t j = -2; j <= 2; ++j) {
      if (i + j < 0 || i + j >= n) continue;
      smooth[static_cast<std::size_t>(i)] +=
          kSmear[static_cast<std::size_t>(j + 2)] * above[static_cast<std::size_t>(i + j)];
    }
  }
  return smooth;
}

/// Adds one window's autocorrelation to `sum`, scaled to 1 at lag 0 and freed from the shrinking
/// overlap. False when the window holds no onset.
bool add_window(std::span<const float> window, Correlation& sum) {
  const auto n = window.size();
  const float mean = std::accumulate(window.begin(), window.end(), 0.0F) / static_cast<float>(n);
  std::vector<float> x(n);
  std::transform(window.begin(), window.end(), x.begin(), [mean](float v) { return v - mean; });
  std::vector<double> raw(std::min(kLongestLag, n - 1) + 1);
  for (std::size_t lag = 0; lag < raw.size(); ++lag) {
    float dot = 0.0F;
    for (std::size_t i = 0; i + lag < n; ++i) dot += x[i] * x[i + lag];
    raw[lag] = static_cast<double>(dot) / static_cast<double>(n - lag);
  }
  if (raw[0] <= 1e-6) return false;
  for (std::size_t lag = 0; lag < raw.size(); ++lag) sum[lag] += raw[lag] / raw[0];
  return true;
}

Correlation correlate(std::span<const float> onsets) {
  Correlation sum(kLongestLag + 1, 0.0);
  int windows = 0;
  for (std::size_t at = 0; at == 0 || at + kWindow <= onsets.size(); at += kStep) {
    const auto length = std::min(kWindow, onsets.size() - at);
    if (length < 64) break;
    windows += add_window(onsets.subspan(at, length), sum) ? 1 : 0;
  }
  for (double& value : sum) value /= std::max(1, windows);
  return sum;
}

double preference(double bpm) {
  const double octaves = std::log2(bpm / kPreferredBpm) / kPreferenceOctaves;
  return std::exp(-0.5 * octaves * octaves);
}

double best_in(const Correlation& correlation, double per_second, double from, double to,
               bool weighted) {
  double best = from;
  double best_score = -2.0;
  for (double bpm = from; bpm <= to; bpm *= 1.005) {
    const double score =
        comb(correlation, 60.0 * per_second / bpm) * (weighted ? preference(bpm) : 1.0);
    if (score > best_score) {
      best_score = score;
      best = bpm;
    }
  }
  return best;
}

/// The peak of the fourth beat says the tempo four times as sharply as that of the first.
double refine(const Correlation& correlation, double per_second, double bpm) {
  const double expected = kBeats * 60.0 * per_second / bpm;
  const auto reach = static_cast<std::ptrdiff_t>(std::max(1.0, expected / kBeats / 4.0));
  const auto centre = std::lround(expected);
  std::ptrdiff_t peak = centre;
  for (auto lag = centre - reach; lag <= centre + reach; ++lag) {
    if (lag < 1 || lag + 1 >= std::ssize(correlation)) continue;
    if (correlation[static_cast<std::size_t>(lag)] > correlation[static_cast<std::size_t>(peak)])
      peak = lag;
  }
  if (peak < 1 || peak + 1 >= std::ssize(correlation)) return bpm;
  const double left = correlation[static_cast<std::size_t>(peak - 1)];
  const double middle = correlation[static_cast<std::size_t>(peak)];
  const double right = correlation[static_cast<std::size_t>(peak + 1)];
  const double bend = left - 2.0 * middle + right;
  const double shift = bend < 0.0 ? std::clamp(0.5 * (left - right) / bend, -0.5, 0.5) : 0.0;
  return kBeats * 60.0 * per_second / (static_cast<double>(peak) + shift);
}

double find_tempo(const Correlation& correlation, double per_second) {
  double bpm = best_in(correlation, per_second, kSlowestBeat, kFastestBeat, true);
  const double doubled = 2.0 * bpm;
  if (doubled <= kFastestBeat) {
    const double faster = best_in(correlation, per_second, doubled * 0.98,
                                  std::min(kFastestBeat, doubled * 1.02), false);
    const auto strength = [&](double tempo) {
      return comb(correlation, 60.0 * per_second / tempo);
    };
    if (strength(faster) >= kAsStrong * strength(bpm)) bpm = faster;
  }
  return std::clamp(refine(correlation, per_second, bpm), kSlowestBeat, kFastestBeat);
}

void measure_onsets(std::span<const float> onsets, double per_second, Rhythm& rhythm) {
  const RunningStats stats = [onsets] {
    RunningStats s;
    for (const float x : onsets) s.add(static_cast<double>(x));
    return s;
  }();
  const double threshold = std::max(kLeastRiseDb, stats.mean() + 0.5 * stats.deviation());
  int count = 0;
  std::size_t last = 0;
  for (std::size_t i = 2; i + 2 < onsets.size(); ++i) {
    const auto around = onsets.subspan(i - 2, 5);
    const bool is_peak =
        onsets[i] >= *std::max_element(around.begin(), around.end()) && onsets[i] > onsets[i - 1];
    if (!is_peak || static_cast<double>(onsets[i]) <= threshold) continue;
    rhythm.onset_height.add(static_cast<double>(onsets[i]));
    if (count++ > 0)
      rhythm.interval_log2.add(std::log2(static_cast<double>(i - last) / per_second));
    last = i;
  }
  if (!onsets.empty())
    rhythm.onsets_per_second = count * per_second / static_cast<double>(onsets.size());
}

Repetition repetition_with(std::span<const float> onsets, const OnsetStrength& strength,
                           double per_second, double onset_rate) {
  const auto bass = sharpen(strength.bass, per_second);
  const auto treble = sharpen(strength.treble, per_second);
  return repetition_of({onsets, bass, treble}, per_second, onset_rate);
}

}  // namespace

Repetition measure_repetition(const OnsetStrength& strength, double per_second) {
  const auto onsets = sharpen(strength.all, per_second);
  Rhythm rhythm;
  measure_onsets(onsets, per_second, rhythm);
  return repetition_with(onsets, strength, per_second, rhythm.onsets_per_second);
}

Rhythm measure_rhythm(const OnsetStrength& strength, double per_second) {
  Rhythm rhythm;
  RunningStats stats;
  for (const float x : strength.all) stats.add(static_cast<double>(x));
  rhythm.strength_mean = stats.mean();
  rhythm.strength_deviation = stats.deviation();
  const auto onsets = sharpen(strength.all, per_second);
  measure_onsets(onsets, per_second, rhythm);
  const auto correlation = correlate(onsets);
  if (correlation[0] <= 0.0) return rhythm;
  rhythm.best_bpm = find_tempo(correlation, per_second);
  rhythm.confidence = std::clamp(comb(correlation, 60.0 * per_second / rhythm.best_bpm), 0.0, 1.0);
  const auto beat =
      find_beat(repetition_with(onsets, strength, per_second, rhythm.onsets_per_second));
  if (!beat) return rhythm;
  rhythm.tempo_confidence = beat->confidence;
  if (beat->confidence < kNoPulse) return rhythm;
  if (const auto tempo = Tempo::from_bpm(beat->bpm)) rhythm.tempo = *tempo;
  return rhythm;
}

}  // namespace harmonic::audio
