#include "audio/timbre.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "audio/decode.h"

namespace harmonic::audio {

namespace {

constexpr double kSilenceDb = -60.0;
constexpr double kBinHz = static_cast<double>(kFeatureRate) / kTimbreFrame;
constexpr std::size_t kBins = kTimbreFrame / 2 + 1;
constexpr double kRolloffShare = 0.85;
constexpr std::size_t kBassBin = static_cast<std::size_t>(250.0 / kBinHz) + 1;
constexpr std::size_t kTrebleBin = static_cast<std::size_t>(4000.0 / kBinHz) + 1;
constexpr std::size_t kBassBands = 5;       // so many mel bands, from the lowest
constexpr std::size_t kTrebleBands = 26;    // from this one on
constexpr float kQuietestHeardDb = -80.0F;  // rises below it are noise of the codec

double mean_square(std::span<const float> frame) {
  float sum = 0.0F;
  for (const float x : frame) sum += x * x;
  return static_cast<double>(sum) / static_cast<double>(frame.size());
}

double crossing_rate(std::span<const float> frame) {
  int changes = 0;
  for (std::size_t i = 1; i < frame.size(); ++i)
    changes += (frame[i] < 0.0F) != (frame[i - 1] < 0.0F);
  return static_cast<double>(changes) / static_cast<double>(frame.size() - 1);
}

// One logarithm for 16 bins: their product stays far inside the range of a double.
double flatness_of(std::span<const float> power) {
  constexpr double kFloor = 1e-12;
  double log_sum = 0.0;
  double sum = 0.0;
  for (std::size_t k = 1; k + 16 <= power.size(); k += 16) {
    double product = 1.0;
    for (std::size_t i = k; i < k + 16; ++i) {
      const double p = static_cast<double>(power[i]) + kFloor;
      product *= p;
      sum += p;
    }
    log_sum += std::log(product);
  }
  const std::size_t whole = (power.size() - 1) / 16 * 16;
  const auto count = static_cast<double>(whole);
  return std::exp(log_sum / count) / (sum / count);
}

/// Level of the frame at `rank` [0, 1] of them all, dBFS. Reorders `rms`.
double level_at(std::vector<float>& rms, double rank) {
  const auto at = static_cast<std::ptrdiff_t>(rank * static_cast<double>(rms.size() - 1));
  std::nth_element(rms.begin(), rms.begin() + at, rms.end());
  return std::max(kSilenceDb,
                  20.0 * std::log10(static_cast<double>(rms[static_cast<std::size_t>(at)]) + 1e-9));
}

double share(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

}  // namespace

TimbreMeter::TimbreMeter()
    : bank_{kTimbreFrame, kFeatureRate}, magnitude_(kBins), last_magnitude_(kBins) {}

void TimbreMeter::push(std::span<const float> mono) {
  framer_.push(mono, [this](std::span<const float> frame) { hear(frame); });
}

void TimbreMeter::hear(std::span<const float> frame) {
  const double square = mean_square(frame);
  rms_.push_back(static_cast<float>(std::sqrt(square)));
  const auto power = spectrum_.power(frame);
  const auto levels = bank_.levels(power);
  measure_rise(levels);
  texture_.follow(levels);
  const double level = 10.0 * std::log10(square + 1e-12);
  if (level < kSilenceDb) {
    has_last_magnitude_ = false;
    texture_.pause();
    return;
  }
  timbre_.level_db.add(level);
  timbre_.crossings.add(crossing_rate(frame));
  const auto mfcc = cosine_(levels);
  for (std::size_t c = 0; c < kMfccCount; ++c) timbre_.mfcc[c].add(static_cast<double>(mfcc[c]));
  texture_.hear(power, mfcc);
  measure_shape(power);
  measure_flux();
}

void TimbreMeter::measure_rise(const MelLevels& levels) {
  if (has_last_levels_) {
    float rise = 0.0F;
    float bass = 0.0F;
    float treble = 0.0F;
    for (std::size_t b = 0; b < kMelBands; ++b) {
      const float now = std::max(levels[b], kQuietestHeardDb);
      const float before = std::max(last_levels_[b], kQuietestHeardDb);
      const float one = std::max(0.0F, now - before);
      rise += one;
      bass += b < kBassBands ? one : 0.0F;
      treble += b >= kTrebleBands ? one : 0.0F;
    }
    onsets_.push_back(rise / static_cast<float>(kMelBands));
    bass_onsets_.push_back(bass / static_cast<float>(kBassBands));
    treble_onsets_.push_back(treble / static_cast<float>(kMelBands - kTrebleBands));
  }
  last_levels_ = levels;
  has_last_levels_ = true;
}

void TimbreMeter::measure_shape(std::span<const float> power) {
  for (std::size_t k = 0; k < kBins; ++k) magnitude_[k] = std::sqrt(power[k]);
  double sum = 0.0;
  double first_moment = 0.0;
  double second_moment = 0.0;
  for (std::size_t k = 0; k < kBins; ++k) {
    const auto m = static_cast<double>(magnitude_[k]);
    const auto f = static_cast<double>(k) * kBinHz;
    sum += m;
    first_moment += f * m;
    second_moment += f * f * m;
  }
  const double centroid = first_moment / sum;
  timbre_.centroid_hz.add(centroid);
  timbre_.bandwidth_hz.add(std::sqrt(std::max(0.0, second_moment / sum - centroid * centroid)));
  double below = 0.0;
  std::size_t k = 0;
  while (k + 1 < kBins && (below += static_cast<double>(magnitude_[k])) < kRolloffShare * sum) ++k;
  timbre_.rolloff_hz.add(static_cast<double>(k) * kBinHz);
  timbre_.flatness.add(flatness_of(power));

  const auto total = [power](std::size_t from, std::size_t to) {
    return static_cast<double>(std::accumulate(power.begin() + static_cast<std::ptrdiff_t>(from),
                                               power.begin() + static_cast<std::ptrdiff_t>(to),
                                               0.0F));
  };
  const double bass = total(1, kBassBin);
  const double treble = total(kTrebleBin, kBins);
  power_bass_ += bass;
  power_treble_ += treble;
  power_all_ += bass + total(kBassBin, kTrebleBin) + treble;
}

void TimbreMeter::measure_flux() {
  float square = 0.0F;
  for (const float m : magnitude_) square += m * m;
  const float scale = 1.0F / std::sqrt(std::max(square, 1e-20F));
  for (float& m : magnitude_) m *= scale;
  if (has_last_magnitude_) {
    float distance = 0.0F;
    for (std::size_t k = 0; k < kBins; ++k) {
      const float step = magnitude_[k] - last_magnitude_[k];
      distance += step * step;
    }
    timbre_.flux.add(std::sqrt(static_cast<double>(distance)));
  }
  std::swap(magnitude_, last_magnitude_);
  has_last_magnitude_ = true;
}

Timbre TimbreMeter::finish() const {
  Timbre result = timbre_;
  if (!rms_.empty()) {
    const auto count = static_cast<double>(rms_.size());
    const double mean = std::accumulate(rms_.begin(), rms_.end(), 0.0) / count;
    const auto quiet = std::count_if(rms_.begin(), rms_.end(),
                                     [mean](float rms) { return static_cast<double>(rms) < mean; });
    result.low_energy_share = static_cast<double>(quiet) / count;
    auto levels = rms_;
    const double median = level_at(levels, 0.5);
    result.quiet_db = level_at(levels, 0.1) - median;
    result.loud_db = level_at(levels, 0.9) - median;
  }
  result.texture = texture_.finish();
  result.bass_share = share(power_bass_, power_all_);
  result.treble_share = share(power_treble_, power_all_);
  return result;
}

}  // namespace harmonic::audio
