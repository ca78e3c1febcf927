#include "audio/tempogram.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "audio/spectrum.h"

namespace harmonic::audio {

namespace {

constexpr std::size_t kWindow = 384;

/// `strength` with kWindow / 2 frames more at each end that fall linearly to 0.
std::vector<float> with_ramps(std::span<const float> strength) {
  constexpr std::size_t kRamp = kWindow / 2;
  std::vector<float> padded(strength.size() + 2 * kRamp);
  std::copy(strength.begin(), strength.end(), padded.begin() + kRamp);
  for (std::size_t i = 0; i < kRamp; ++i) {
    const float part = static_cast<float>(i) / static_cast<float>(kRamp);
    padded[i] = strength.front() * part;
    padded[padded.size() - 1 - i] = strength.back() * part;
  }
  return padded;
}

std::vector<float> hann() {
  std::vector<float> window(kWindow);
  for (std::size_t i = 0; i < kWindow; ++i)
    window[i] = static_cast<float>(
        0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(i) / kWindow));
  return window;
}

}  // namespace

RunningStats tempogram(std::span<const float> strength) {
  RunningStats stats;
  if (strength.empty()) return stats;
  const auto padded = with_ramps(strength);
  const auto window = hann();
  Autocorrelation autocorrelation{kWindow};
  std::vector<float> frame(kWindow);
  for (std::size_t at = 0; at < strength.size(); ++at) {
    for (std::size_t i = 0; i < kWindow; ++i) frame[i] = padded[at + i] * window[i];
    const auto values = autocorrelation.of(frame);
    const float largest = *std::max_element(values.begin(), values.end());
    const float scale = largest > 1e-30F ? 1.0F / largest : 1.0F;
    for (const float value : values) stats.add(static_cast<double>(value * scale));
  }
  return stats;
}

std::vector<std::size_t> find_onsets(std::span<const float> strength, double per_second) {
  constexpr float kDelta = 0.07F;
  const auto frames = [per_second](double s) { return static_cast<std::size_t>(s * per_second); };
  const std::size_t apart = frames(0.03);
  const std::size_t around = frames(0.1);
  std::vector<std::size_t> onsets;
  if (strength.empty()) return onsets;
  const auto [low, high] = std::minmax_element(strength.begin(), strength.end());
  const float floor = *low;
  const float range = *high - *low;
  if (range <= 0.0F) return onsets;
  for (std::size_t i = 0; i < strength.size(); ++i) {
    const auto window = [&](std::size_t before, std::size_t after) {
      const auto from = i - std::min(i, before);
      return strength.subspan(from, std::min(strength.size(), i + after + 1) - from);
    };
    const auto near = window(apart, 0);
    if (strength[i] < *std::max_element(near.begin(), near.end())) continue;
    const auto wide = window(around, around);
    const float mean =
        std::accumulate(wide.begin(), wide.end(), 0.0F) / static_cast<float>(wide.size());
    if ((strength[i] - floor) / range < (mean - floor) / range + kDelta) continue;
    if (!onsets.empty() && i <= onsets.back() + apart) continue;
    onsets.push_back(i);
  }
  return onsets;
}

}  // namespace harmonic::audio
