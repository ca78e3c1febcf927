#include "audio/harmony.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "audio/decode.h"

namespace harmonic::audio {

namespace {

constexpr std::size_t kFrame = 8192;
constexpr std::size_t kHop = 4096;
constexpr double kBinHz = static_cast<double>(kFeatureRate) / kFrame;
constexpr double kLowestHz = 55.0;
constexpr double kHighestHz = 2000.0;
constexpr float kSilencePower = 1e-8F;  // a partial of -80 dBFS
constexpr float kFaintest = 1e-4F;      // of the strongest peak's power: -40 dB
constexpr std::size_t kMostPeaks = 60;
constexpr std::size_t kRoughPeaks = 12;
constexpr int kSubharmonics = 4;
constexpr double kSubharmonicDecay = 0.6;
constexpr double kReferenceHz = 440.0;
constexpr double kReferenceClass = 9.0;  // A

/// Position among the semitones above C, [0, 12).
double pitch_class(double hz) {
  const double semitones = 12.0 * std::log2(hz / kReferenceHz) + kReferenceClass;
  return semitones - 12.0 * std::floor(semitones / 12.0);
}

/// The top of the parabola through three log powers around bin `k`.
Peak peak_at(std::span<const float> power, std::size_t k) {
  const auto db = [&power](std::size_t i) {
    return std::log(static_cast<double>(power[i]) + 1e-20);
  };
  const double left = db(k - 1);
  const double middle = db(k);
  const double right = db(k + 1);
  const double bend = left - 2.0 * middle + right;
  const double shift = bend < 0.0 ? std::clamp(0.5 * (left - right) / bend, -0.5, 0.5) : 0.0;
  return {(static_cast<double>(k) + shift) * kBinHz,
          std::exp(0.5 * (middle - 0.25 * (left - right) * shift))};
}

/// Strongest first, at most kMostPeaks, scaled so that the strongest is 1. Its amplitude before.
double find_peaks(std::span<const float> power, std::vector<Peak>& peaks) {
  peaks.clear();
  constexpr auto kFirst = static_cast<std::size_t>(kLowestHz / kBinHz);
  constexpr auto kLast = static_cast<std::size_t>(kHighestHz / kBinHz);
  const float strongest = *std::max_element(power.begin() + kFirst, power.begin() + kLast);
  if (strongest < kSilencePower) return 0.0;
  const float least = strongest * kFaintest;
  for (std::size_t k = kFirst; k < kLast; ++k) {
    if (power[k] > least && power[k] > power[k - 1] && power[k] >= power[k + 1])
      peaks.push_back(peak_at(power, k));
  }
  std::stable_sort(peaks.begin(), peaks.end(),
                   [](auto a, auto b) { return a.amplitude > b.amplitude; });
  if (peaks.size() > kMostPeaks) peaks.resize(kMostPeaks);
  if (peaks.empty()) return 0.0;
  const double loudest = peaks.front().amplitude;
  const double scale = 1.0 / loudest;
  for (auto& peak : peaks) peak.amplitude *= scale;
  return loudest;
}

/// Mean roughness of the pairs of strong partials, weighted by their strength. The constants fit
/// Plomp and Levelt's curves and are those of Sethares 1993.
double roughness_of(std::span<const Peak> peaks) {
  const auto strong = peaks.first(std::min(peaks.size(), kRoughPeaks));
  double sum = 0.0;
  double weight = 0.0;
  for (std::size_t i = 0; i < strong.size(); ++i) {
    for (std::size_t j = i + 1; j < strong.size(); ++j) {
      const double low = std::min(strong[i].hz, strong[j].hz);
      const double apart = std::abs(strong[i].hz - strong[j].hz);
      const double s = 0.24 / (0.021 * low + 19.0);
      const double strength = strong[i].amplitude * strong[j].amplitude;
      sum += strength * (std::exp(-3.5 * s * apart) - std::exp(-5.75 * s * apart));
      weight += strength;
    }
  }
  return weight > 0.0 ? sum / weight : 0.0;
}

Chroma normalised(Chroma chroma) {
  const double sum = std::accumulate(chroma.begin(), chroma.end(), 0.0);
  if (sum > 0.0) {
    for (double& x : chroma) x /= sum;
  }
  return chroma;
}

double entropy_of(const Chroma& chroma) {
  double sum = 0.0;
  for (const double p : chroma) sum -= p > 0.0 ? p * std::log(p) : 0.0;
  return sum / std::log(12.0);
}

constexpr double kStrong = 0.1;  // of the strongest peak's amplitude: -20 dB

double midi_of(double hz) { return 69.0 + 12.0 * std::log2(hz / kReferenceHz); }

/// `peaks` with the strongest at 1, not empty.
Moment moment_of(std::span<const Peak> peaks, const Chroma& chroma) {
  Moment moment;
  for (std::size_t i = 0; i < chroma.size(); ++i) moment.chroma[i] = static_cast<float>(chroma[i]);
  double low = peaks.front().hz;
  double high = low;
  double sum = 0.0;
  double weight = 0.0;
  for (const auto& [hz, amplitude] : peaks) {
    sum += amplitude * midi_of(hz);
    weight += amplitude;
    if (amplitude < kStrong) continue;
    low = std::min(low, hz);
    high = std::max(high, hz);
    moment.partials += 1.0F;
  }
  moment.lowest = static_cast<float>(midi_of(low));
  moment.highest = static_cast<float>(midi_of(high));
  moment.centre = static_cast<float>(sum / weight);
  return moment;
}

double change_between(const Chroma& a, const Chroma& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
  return sum / 2.0;
}

}  // namespace

HarmonyMeter::HarmonyMeter() : framer_{kFrame, kHop}, spectrum_{kFrame} {}

void HarmonyMeter::push(std::span<const float> mono) {
  framer_.push(mono, [this](std::span<const float> frame) { hear(frame); });
}

void HarmonyMeter::hear(std::span<const float> frame) {
  const double loudest = find_peaks(spectrum_.power(frame), peaks_);
  if (peaks_.empty()) {
    has_last_ = false;
    return;
  }
  notes_.hear(peaks_, loudest);
  Chroma now{};
  Chroma notes{};
  for (const auto& [hz, amplitude] : peaks_) {
    const double pitch = pitch_class(hz);
    const double off = 2.0 * std::numbers::pi * (pitch - std::round(pitch));
    tuning_cos_ += amplitude * std::cos(off);
    tuning_sin_ += amplitude * std::sin(off);
    now[static_cast<std::size_t>(std::lround(pitch)) % 12] += amplitude;
    // A partial may be an overtone: a part of it is given to the notes that it could belong to.
    double weight = amplitude;
    for (int h = 1; h <= kSubharmonics; ++h, weight *= kSubharmonicDecay) {
      const auto slot = static_cast<std::size_t>(pitch_class(hz / h) * 10.0);
      fine_[std::min(slot, kFine - 1)] += weight;
      notes[static_cast<std::size_t>(std::lround(pitch_class(hz / h))) % 12] += weight;
    }
  }
  now = normalised(now);
  if (has_last_) harmony_.change.add(change_between(now, last_));
  last_ = now;
  has_last_ = true;
  harmony_.roughness.add(roughness_of(peaks_));
  moments_.push_back(moment_of(peaks_, normalised(notes)));
}

Harmony HarmonyMeter::finish() const {
  Harmony result = harmony_;
  if (tuning_cos_ == 0.0 && tuning_sin_ == 0.0) return result;
  const double off = std::atan2(tuning_sin_, tuning_cos_) / (2.0 * std::numbers::pi);  // semitones
  result.tuning_cents = 100.0 * off;
  Chroma chroma{};
  for (std::size_t slot = 0; slot < kFine; ++slot) {
    const double pitch = (static_cast<double>(slot) + 0.5) / 10.0 - off;
    const double nearest = std::round(pitch);
    const double closeness =
        std::cos(std::numbers::pi * (pitch - nearest));  // 0 half-way between notes
    const auto note = (static_cast<std::size_t>(nearest + 12.0)) % 12;
    chroma[note] += fine_[slot] * closeness * closeness;
  }
  chroma = normalised(chroma);
  result.entropy = entropy_of(chroma);
  const auto fit = fit_key(chroma);
  result.clarity = std::clamp(fit.strength, 0.0, 1.0);
  result.majorness = fit.majorness;
  for (std::size_t i = 0; i < 12; ++i) result.from_tonic[i] = chroma[(i + fit.key.tonic) % 12];
  const auto told = fit_key_of_notes(notes_.finish());
  result.key_strength = std::clamp(told.strength, 0.0, 1.0);
  if (result.key_strength >= kNoKey) result.key = told.key;
  result.progression =
      describe_progression(moments_, fit.key, static_cast<double>(kFeatureRate) / kHop);
  return result;
}

}  // namespace harmonic::audio
