#include "audio/features.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <iterator>

namespace harmonic::audio {

namespace {

constexpr double kQuietestLufs = -70.0;
constexpr double kNeutralTempo = 6.906890595608519;  // log2(120)

constexpr std::array<std::string_view, kMfccCount> kMfccMean{
    "mfcc_00_mean", "mfcc_01_mean", "mfcc_02_mean", "mfcc_03_mean", "mfcc_04_mean",
    "mfcc_05_mean", "mfcc_06_mean", "mfcc_07_mean", "mfcc_08_mean", "mfcc_09_mean",
    "mfcc_10_mean", "mfcc_11_mean", "mfcc_12_mean"};
constexpr std::array<std::string_view, kMfccCount> kMfccSpread{
    "mfcc_00_sd", "mfcc_01_sd", "mfcc_02_sd", "mfcc_03_sd", "mfcc_04_sd",
    "mfcc_05_sd", "mfcc_06_sd", "mfcc_07_sd", "mfcc_08_sd", "mfcc_09_sd",
    "mfcc_10_sd", "mfcc_11_sd", "mfcc_12_sd"};
constexpr std::array<std::string_view, 12> kSteps{
    "chroma_tonic",       "chroma_minor_second", "chroma_second",        "chroma_minor_third",
    "chroma_third",       "chroma_fourth",       "chroma_tritone",       "chroma_fifth",
    "chroma_minor_sixth", "chroma_sixth",        "chroma_minor_seventh", "chroma_seventh"};

class Vector {
 public:
  void add(std::string_view name, double value) {
    features_.push_back({name, static_cast<float>(std::isfinite(value) ? value : 0.0)});
  }
  void add(std::string_view mean_name, std::string_view sd_name, const RunningStats& stats) {
    add(mean_name, stats.mean());
    add(sd_name, stats.deviation());
  }
  [[nodiscard]] std::vector<Feature> take() { return std::move(features_); }

 private:
  std::vector<Feature> features_;
};

double crest_db(const Measured& m) {
  return m.loudness.peak > 0.0 ? 20.0 * std::log10(m.loudness.peak) - m.timbre.level_db.mean()
                               : 0.0;
}

void add_dynamics(Vector& vector, const Measured& m) {
  vector.add("loudness_lufs",
             std::max(kQuietestLufs, m.loudness.integrated_lufs.value_or(kQuietestLufs)));
  vector.add("loudness_range_lu", m.loudness.range_lu);
  vector.add("level_db_mean", "level_db_sd", m.timbre.level_db);
  vector.add("crest_db", crest_db(m));
  vector.add("low_energy_share", m.timbre.low_energy_share);
}

void add_rhythm(Vector& vector, const Rhythm& rhythm) {
  // Shrunk towards 120 bpm by how unsure it is, so that a guess weighs little.
  vector.add("tempo_log2",
             kNeutralTempo + rhythm.confidence * (std::log2(rhythm.best_bpm) - kNeutralTempo));
  vector.add("pulse_clarity", rhythm.confidence);
  vector.add("onset_rate", rhythm.onsets_per_second);
  vector.add("onset_strength_mean", rhythm.strength_mean);
  vector.add("onset_strength_sd", rhythm.strength_deviation);
}

void add_timbre(Vector& vector, const Timbre& timbre) {
  vector.add("centroid_hz_mean", "centroid_hz_sd", timbre.centroid_hz);
  vector.add("bandwidth_hz_mean", "bandwidth_hz_sd", timbre.bandwidth_hz);
  vector.add("rolloff_hz_mean", "rolloff_hz_sd", timbre.rolloff_hz);
  vector.add("flatness_mean", "flatness_sd", timbre.flatness);
  vector.add("flux_mean", "flux_sd", timbre.flux);
  vector.add("zero_crossings_mean", "zero_crossings_sd", timbre.crossings);
  vector.add("bass_share", timbre.bass_share);
  vector.add("treble_share", timbre.treble_share);
  for (std::size_t c = 0; c < kMfccCount; ++c)
    vector.add(kMfccMean[c], kMfccSpread[c], timbre.mfcc[c]);
}

void add_harmony(Vector& vector, const Harmony& harmony) {
  vector.add("key_clarity", harmony.key_strength);
  vector.add("majorness", harmony.majorness);
  vector.add("tuning_cents", harmony.tuning_cents);
  vector.add("chroma_entropy", harmony.entropy);
  vector.add("chroma_change_mean", "chroma_change_sd", harmony.change);
  vector.add("roughness_mean", "roughness_sd", harmony.roughness);
  for (std::size_t i = 0; i < kSteps.size(); ++i) vector.add(kSteps[i], harmony.from_tonic[i]);
}

}  // namespace

std::vector<Feature> features_of(const Measured& measured) {
  Vector vector;
  add_dynamics(vector, measured);
  add_rhythm(vector, measured.rhythm);
  add_timbre(vector, measured.timbre);
  add_harmony(vector, measured.harmony);
  return vector.take();
}

const std::vector<std::string_view>& feature_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> list;
    const auto features = features_of({});
    std::transform(features.begin(), features.end(), std::back_inserter(list),
                   [](const Feature& feature) { return feature.name; });
    return list;
  }();
  return names;
}

std::size_t feature_index(std::string_view name) {
  const auto& names = feature_names();
  const auto found = std::find(names.begin(), names.end(), name);
  assert(found != names.end());
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace harmonic::audio
