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

constexpr std::array<std::string_view, 12> kMajorDegrees{
    "major_on_0", "major_on_1", "major_on_2", "major_on_3", "major_on_4",  "major_on_5",
    "major_on_6", "major_on_7", "major_on_8", "major_on_9", "major_on_10", "major_on_11"};
constexpr std::array<std::string_view, 12> kMinorDegrees{
    "minor_on_0", "minor_on_1", "minor_on_2", "minor_on_3", "minor_on_4",  "minor_on_5",
    "minor_on_6", "minor_on_7", "minor_on_8", "minor_on_9", "minor_on_10", "minor_on_11"};
constexpr std::array<std::string_view, kContrastBands> kContrastMean{
    "contrast_0_mean", "contrast_1_mean", "contrast_2_mean", "contrast_3_mean",
    "contrast_4_mean", "contrast_5_mean", "contrast_6_mean"};
constexpr std::array<std::string_view, kContrastBands> kContrastSpread{
    "contrast_0_sd", "contrast_1_sd", "contrast_2_sd", "contrast_3_sd",
    "contrast_4_sd", "contrast_5_sd", "contrast_6_sd"};
constexpr std::array<std::string_view, kMfccCount> kMfccStep{
    "mfcc_00_step", "mfcc_01_step", "mfcc_02_step", "mfcc_03_step", "mfcc_04_step",
    "mfcc_05_step", "mfcc_06_step", "mfcc_07_step", "mfcc_08_step", "mfcc_09_step",
    "mfcc_10_step", "mfcc_11_step", "mfcc_12_step"};
constexpr std::array<std::array<std::string_view, kSwellRates>, kSwellGroups> kSwell{
    {{"swell_0_1hz", "swell_0_2hz", "swell_0_4hz", "swell_0_8hz", "swell_0_fast"},
     {"swell_1_1hz", "swell_1_2hz", "swell_1_4hz", "swell_1_8hz", "swell_1_fast"},
     {"swell_2_1hz", "swell_2_2hz", "swell_2_4hz", "swell_2_8hz", "swell_2_fast"},
     {"swell_3_1hz", "swell_3_2hz", "swell_3_4hz", "swell_3_8hz", "swell_3_fast"}}};
constexpr std::array<std::string_view, kSwellGroups> kSwellDepth{"swell_0_depth", "swell_1_depth",
                                                                 "swell_2_depth", "swell_3_depth"};

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
  vector.add("level_quiet_db", m.timbre.quiet_db);
  vector.add("level_loud_db", m.timbre.loud_db);
}

void add_rhythm(Vector& vector, const Rhythm& rhythm) {
  // Shrunk towards 120 bpm by how unsure it is, so that a guess weighs little.
  vector.add("tempo_log2",
             kNeutralTempo + rhythm.confidence * (std::log2(rhythm.best_bpm) - kNeutralTempo));
  vector.add("pulse_clarity", rhythm.confidence);
  vector.add("onset_rate", rhythm.onsets_per_second);
  vector.add("onset_strength_mean", rhythm.strength_mean);
  vector.add("onset_strength_sd", rhythm.strength_deviation);
  vector.add("onset_interval_log2_mean", "onset_interval_log2_sd", rhythm.interval_log2);
  vector.add("onset_height_mean", "onset_height_sd", rhythm.onset_height);
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

void add_texture(Vector& vector, const Texture& texture) {
  for (std::size_t b = 0; b < kContrastBands; ++b)
    vector.add(kContrastMean[b], kContrastSpread[b], texture.contrast_db[b]);
  for (std::size_t c = 0; c < kMfccCount; ++c)
    vector.add(kMfccStep[c], texture.mfcc_step[c].deviation());
  for (std::size_t g = 0; g < kSwellGroups; ++g) {
    for (std::size_t r = 0; r < kSwellRates; ++r) vector.add(kSwell[g][r], texture.swell[g][r]);
    vector.add(kSwellDepth[g], texture.swell_depth_db[g]);
  }
}

void add_chords(Vector& vector, const Progression& progression) {
  vector.add("chords_major", progression.major_share);
  vector.add("chords_minor", progression.minor_share);
  vector.add("chords_diminished", progression.diminished_share);
  vector.add("chords_augmented", progression.augmented_share);
  vector.add("chord_fit_mean", "chord_fit_sd", progression.fit);
  vector.add("chord_changes", progression.changes_per_second);
  for (std::size_t i = 0; i < 12; ++i) vector.add(kMajorDegrees[i], progression.major_degrees[i]);
  for (std::size_t i = 0; i < 12; ++i) vector.add(kMinorDegrees[i], progression.minor_degrees[i]);
  vector.add("local_majorness_mean", "local_majorness_sd", progression.local_majorness);
  vector.add("major_windows", progression.major_windows);
  vector.add("settled_windows", progression.settled_windows);
}

void add_register(Vector& vector, const Progression& progression) {
  vector.add("tension_fifths_mean", "tension_fifths_sd", progression.tension[0]);
  vector.add("tension_minor_thirds_mean", "tension_minor_thirds_sd", progression.tension[1]);
  vector.add("tension_major_thirds_mean", "tension_major_thirds_sd", progression.tension[2]);
  vector.add("tonal_drift_mean", "tonal_drift_sd", progression.drift);
  vector.add("highest_pitch_mean", "highest_pitch_sd", progression.highest);
  vector.add("lowest_pitch_mean", "lowest_pitch_sd", progression.lowest);
  vector.add("centre_pitch_mean", "centre_pitch_sd", progression.centre);
  vector.add("partials_mean", "partials_sd", progression.partials);
  vector.add("leap_mean", "leap_sd", progression.leap);
}

void add_harmony(Vector& vector, const Harmony& harmony) {
  vector.add("key_clarity", harmony.clarity);
  vector.add("majorness", harmony.majorness);
  vector.add("tuning_cents", harmony.tuning_cents);
  vector.add("chroma_entropy", harmony.entropy);
  vector.add("chroma_change_mean", "chroma_change_sd", harmony.change);
  vector.add("roughness_mean", "roughness_sd", harmony.roughness);
  for (std::size_t i = 0; i < kSteps.size(); ++i) vector.add(kSteps[i], harmony.from_tonic[i]);
}

void add_playing(Vector& vector, const Playing& playing) {
  vector.add("notes_rate_log2", playing.notes_log2);
  vector.add("notes_strikes_log2", playing.strikes_log2);
  vector.add("notes_together_log2", playing.together_log2);
  vector.add("notes_clumping_log2", playing.clumping_log2);
  vector.add("notes_unevenness", playing.unevenness);
  vector.add("notes_pitch_mean", playing.pitch_mean);
  vector.add("notes_pitch_sd", playing.pitch_deviation);
  vector.add("notes_pitch_low", playing.pitch_low);
  vector.add("notes_pitch_high", playing.pitch_high);
  vector.add("notes_bass_share", playing.bass_share);
  vector.add("notes_treble_share", playing.treble_share);
  vector.add("notes_bass_log2", playing.bass_log2);
  vector.add("notes_sounding_mean", "notes_sounding_sd", playing.sounding);
  vector.add("notes_length_log2", playing.length_log2);
  vector.add("notes_level_sd", playing.level_deviation);
  vector.add("notes_level_high", playing.level_high);
  vector.add("notes_concentration", playing.concentration);
  vector.add("notes_sureness", playing.sureness);
}

}  // namespace

std::vector<Feature> features_of(const Measured& measured) {
  Vector vector;
  add_dynamics(vector, measured);
  add_rhythm(vector, measured.rhythm);
  add_timbre(vector, measured.timbre);
  add_texture(vector, measured.timbre.texture);
  add_harmony(vector, measured.harmony);
  add_chords(vector, measured.harmony.progression);
  add_register(vector, measured.harmony.progression);
  add_playing(vector, measured.playing);
  for (std::size_t i = 0; i < kExcerptNames.size(); ++i)
    vector.add(kExcerptNames[i], measured.excerpt[i]);
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
