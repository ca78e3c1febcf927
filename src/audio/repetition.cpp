#include "audio/repetition.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "audio/spectrum.h"

namespace harmonic::audio {

namespace {

constexpr std::size_t kWindow = 1024;  // frames: 24 s
constexpr std::size_t kStep = 512;
constexpr std::size_t kShortest = 64;
constexpr std::size_t kLongestLag = 600;
constexpr double kSlowest = 30.0;
constexpr double kRatio = 1.04;
constexpr double kUsualBpm = 120.0;
constexpr double kFewestOnsets = 0.2;  // a second
constexpr double kFaintest = 0.05;     // comb that others are compared with
constexpr float kLeastRiseDb = 0.01F;
constexpr float kHeightPower = 0.1F;

/// A pulse at each peak of `rises`, between the frames where it lies.
std::vector<float> pulses_of(std::span<const float> rises) {
  std::vector<float> placed(rises.size() + 1, 0.0F);
  for (std::size_t i = 1; i + 1 < rises.size(); ++i) {
    const float left = rises[i - 1];
    const float height = rises[i];
    const float right = rises[i + 1];
    if (height <= kLeastRiseDb || height <= left || height < right) continue;
    const float shift = 0.5F * (left - right) / (left - 2.0F * height + right);  // +- 1/2
    const auto before = shift < 0.0F ? i - 1 : i;
    const float after = shift < 0.0F ? 1.0F + shift : shift;
    const float pulse = std::pow(height, kHeightPower);
    placed[before] += (1.0F - after) * pulse;
    placed[before + 1] += after * pulse;
  }
  std::vector<float> pulses(rises.size(), 0.0F);
  for (std::size_t i = 1; i + 1 < pulses.size(); ++i)
    pulses[i] = 0.25F * placed[i - 1] + 0.5F * placed[i] + 0.25F * placed[i + 1];
  return pulses;
}

/// Freed from the shrinking overlap; empty where no window holds an onset.
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

double correlation_at(const Correlation& correlation, double lag) {
  return correlation.empty() ? 0.0 : value_at(correlation, lag);
}

/// The lag of the peak within two frames of `lag`, between the frames. Absent where none is.
std::optional<double> peak_near(const Correlation& correlation, double lag) {
  constexpr std::size_t kReach = 2;
  const auto centre = static_cast<std::size_t>(std::lround(lag));
  if (centre <= kReach || centre + kReach + 1 >= correlation.size()) return std::nullopt;
  auto peak = centre - kReach;
  for (auto at = peak + 1; at <= centre + kReach; ++at)
    if (correlation[at] > correlation[peak]) peak = at;
  const double left = correlation[peak - 1];
  const double middle = correlation[peak];
  const double right = correlation[peak + 1];
  if (middle <= left || middle < right) return std::nullopt;
  return static_cast<double>(peak) + 0.5 * (left - right) / (left - 2.0 * middle + right);
}

/// The peak of the sixteenth beat says the beat sixteen times as sharply as that of the first,
/// where a song keeps its tempo so far: its peak must be half as high as the one before.
double sharpened(const Correlation& correlation, double beat) {
  double height = value_at(correlation, beat);
  for (const int beats : {2, 4, 8, 16}) {
    const auto peak = peak_near(correlation, beat * beats);
    if (!peak || value_at(correlation, *peak) < 0.5 * height) return beat;
    height = value_at(correlation, *peak);
    beat = *peak / beats;
  }
  return beat;
}

/// Frames of a beat of `bpm` in the song as it is, when `bpm` is that of one `speed` times as fast.
double beat_of(const Repetition& repetition, double bpm, double speed) {
  return 60.0 * repetition.per_second * speed / bpm;
}

}  // namespace

double bpm_at(std::size_t tempo) { return kSlowest * std::pow(kRatio, static_cast<double>(tempo)); }

Repetition repetition_of(const Rises& rises, double per_second, double onset_rate) {
  return {correlate(pulses_of(rises.all)), correlate(pulses_of(rises.bass)),
          correlate(pulses_of(rises.treble)), per_second, onset_rate};
}

std::array<TempoInputs, kTempi> tempo_inputs(const Repetition& repetition, double speed) {
  std::array<double, kTempi> combs{};
  for (std::size_t i = 0; i < kTempi; ++i)
    combs[i] = comb(repetition.all, beat_of(repetition, bpm_at(i), speed));
  const double strongest = std::max(kFaintest, *std::max_element(combs.begin(), combs.end()));
  std::array<TempoInputs, kTempi> inputs{};
  for (std::size_t i = 0; i < kTempi; ++i) {
    const double beat = beat_of(repetition, bpm_at(i), speed);
    auto* next = inputs[i].begin();
    for (const double times : kMultiples) *next++ = correlation_at(repetition.all, beat * times);
    for (const double times : kBassMultiples)
      *next++ = correlation_at(repetition.bass, beat * times);
    for (const double times : kTrebleMultiples)
      *next++ = correlation_at(repetition.treble, beat * times);
    *next++ = combs[i];
    *next++ = combs[i] / strongest;
    const double octaves = std::log2(bpm_at(i) / kUsualBpm);
    const double in_a_beat =
        std::log2(std::max(kFewestOnsets, repetition.onset_rate * speed) * 60.0 / bpm_at(i));
    for (const double value : {octaves, octaves * octaves, in_a_beat, in_a_beat * in_a_beat})
      *next++ = value;
  }
  return inputs;
}

double refined_bpm(const Repetition& repetition, double bpm, double speed) {
  constexpr int kTries = 14;
  constexpr double kReach = 0.035;  // a little under a step between tempi
  double best = bpm;
  double highest = -2.0;
  for (int i = -kTries; i <= kTries; ++i) {
    const double tried = bpm / (1.0 + kReach * i / kTries);
    const double height = comb(repetition.all, beat_of(repetition, tried, speed));
    if (height <= highest) continue;
    highest = height;
    best = tried;
  }
  const double beat = sharpened(repetition.all, beat_of(repetition, best, speed));
  return 60.0 * repetition.per_second * speed / beat;
}

}  // namespace harmonic::audio
