#include "audio/texture.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "audio/decode.h"
#include "audio/timbre.h"

namespace harmonic::audio {

namespace {

constexpr double kBinHz = static_cast<double>(kFeatureRate) / kTimbreFrame;
constexpr double kFirstEdgeHz = 200.0;
constexpr float kFloor = 1e-10F;
constexpr std::size_t kWindow = 256;  // frames: 5.9 s
constexpr double kRateStep = static_cast<double>(kFeatureRate) / kTimbreHop / kWindow;  // Hz a bin
constexpr float kLevelFloorDb = -80.0F;

double mean_db(std::span<const float> power) {
  const float sum = std::accumulate(power.begin(), power.end(), 0.0F);
  return 10.0 * std::log10(static_cast<double>(sum / static_cast<float>(power.size()) + kFloor));
}

/// Reorders `power`.
double contrast_of(std::span<float> power) {
  const auto fifth = std::max<std::size_t>(1, power.size() / 5);
  const auto low = power.begin() + static_cast<std::ptrdiff_t>(fifth);
  const auto high = power.end() - static_cast<std::ptrdiff_t>(fifth);
  std::nth_element(power.begin(), low, power.end());
  std::nth_element(low, high, power.end());
  return mean_db(power.last(fifth)) - mean_db(power.first(fifth));
}

std::size_t rate_band(double hz) {
  std::size_t band = 0;
  for (double edge = 1.0; band + 1 < kSwellRates && hz > edge; edge *= 2.0) ++band;
  return band;
}

}  // namespace

TextureMeter::TextureMeter() : bins_(kTimbreFrame / 2 + 1), spectrum_{kWindow} {}

void TextureMeter::hear(std::span<const float> power, const Mfcc& mfcc) {
  std::copy(power.begin(), power.end(), bins_.begin());
  std::size_t from = 1;
  double edge = kFirstEdgeHz;
  for (std::size_t band = 0; band < kContrastBands; ++band, edge *= 2.0) {
    const auto to =
        band + 1 == kContrastBands ? bins_.size() : static_cast<std::size_t>(edge / kBinHz) + 1;
    texture_.contrast_db[band].add(contrast_of(std::span{bins_}.subspan(from, to - from)));
    from = to;
  }
  if (has_last_) {
    for (std::size_t c = 0; c < kMfccCount; ++c)
      texture_.mfcc_step[c].add(static_cast<double>(mfcc[c] - last_[c]));
  }
  last_ = mfcc;
  has_last_ = true;
}

void TextureMeter::follow(const MelLevels& levels) {
  constexpr std::size_t kBandsEach = kMelBands / kSwellGroups;
  for (std::size_t g = 0; g < kSwellGroups; ++g) {
    float sum = 0.0F;
    for (std::size_t b = g * kBandsEach; b < (g + 1) * kBandsEach; ++b)
      sum += std::max(levels[b], kLevelFloorDb);
    levels_[g].push_back(sum / static_cast<float>(kBandsEach));
  }
  if (levels_[0].size() == kWindow) measure_window();
}

void TextureMeter::measure_window() {
  for (std::size_t g = 0; g < kSwellGroups; ++g) {
    auto& levels = levels_[g];
    RunningStats stats;
    for (const float level : levels) stats.add(static_cast<double>(level));
    depth_[g].add(stats.deviation());
    std::vector<float> centred(levels);
    for (float& x : centred) x -= static_cast<float>(stats.mean());
    const auto power = spectrum_.power(centred);
    for (std::size_t k = 1; k < power.size(); ++k)
      power_[g][rate_band(static_cast<double>(k) * kRateStep)] += static_cast<double>(power[k]);
    levels.erase(levels.begin(), levels.begin() + kWindow / 2);
  }
}

Texture TextureMeter::finish() const {
  Texture result = texture_;
  for (std::size_t g = 0; g < kSwellGroups; ++g) {
    const double sum = std::accumulate(power_[g].begin(), power_[g].end(), 0.0);
    for (std::size_t r = 0; r < kSwellRates; ++r)
      result.swell[g][r] = sum > 0.0 ? power_[g][r] / sum : 1.0 / kSwellRates;
    result.swell_depth_db[g] = depth_[g].mean();
  }
  return result;
}

}  // namespace harmonic::audio
