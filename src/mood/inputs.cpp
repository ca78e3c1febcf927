#include "mood/inputs.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>

#include "audio/features.h"
#include "audio/mel.h"

namespace harmonic::mood {

namespace {

using audio::feature_index;
using audio::feature_names;
using audio::kExcerptNames;

enum class Scale { kAsIs, kRoot, kLog };

struct Column {
  std::size_t feature;
  Scale scale;
};

constexpr std::array<std::string_view, 4> kFollowTheVolume{"loudness_lufs", "level_db_mean",
                                                           "mfcc_00_mean", "tuning_cents"};
// What is below a fixed level is not measured, so these change when a song is turned down.
constexpr std::array<std::string_view, 9> kLoseWhatIsQuiet{
    "contrast_3_", "contrast_4_",   "contrast_5_",     "contrast_6_",  "swell_2_",
    "swell_3_",    "swell_1_depth", "onset_strength_", "onset_height_"};
// Another instrument has another spectrum for the same notes, and other partials that pass for
// notes.
constexpr std::array<std::string_view, 19> kToldByTheInstrument{
    "centroid_",     "bandwidth_",      "rolloff_",     "flatness_",     "zero_crossings_",
    "bass_share",    "treble_share",    "mfcc_",        "contrast_",     "highest_pitch_",
    "leap_",         "roughness_",      "partials_",    "crest_db",      "level_against_loudness",
    "notes_length_", "notes_sounding_", "notes_level_", "notes_sureness"};
constexpr std::array<std::string_view, 2> kNoShares{"chroma_entropy", "swell_depth"};
constexpr std::array<std::string_view, 7> kShares{
    "major_on_", "minor_on_", "chroma_", "swell_", "flatness_", "bass_share", "treble_share"};

template <typename Words>
bool begins_with_one(std::string_view name, const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [name](std::string_view word) { return name.starts_with(word); });
}

Scale scale_of(std::string_view name) {
  if (name.find("_hz_") != std::string_view::npos) return Scale::kLog;
  const bool moves = name.starts_with("chroma_change") || name.ends_with("_depth");
  if (!moves && begins_with_one(name, kShares) && !begins_with_one(name, kNoShares))
    return Scale::kRoot;
  return Scale::kAsIs;
}

float scaled(float value, Scale scale) {
  constexpr float kLeast = 1e-6F;
  switch (scale) {
    case Scale::kRoot: return std::sqrt(std::max(0.0F, value));
    case Scale::kLog: return std::log(std::max(kLeast, value));
    case Scale::kAsIs: break;
  }
  return value;
}

const std::vector<Column>& song_columns() {
  static const auto columns_of_song = [] {
    std::vector<Column> columns;
    for (std::size_t i = 0; i < feature_names().size(); ++i) {
      const auto name = feature_names()[i];
      const bool left_out = name.starts_with("excerpt_") ||
                            begins_with_one(name, kFollowTheVolume) ||
                            begins_with_one(name, kLoseWhatIsQuiet);
      if (!left_out) columns.push_back({i, scale_of(name)});
    }
    return columns;
  }();
  return columns_of_song;
}

std::vector<std::string> song_names() {
  std::vector<std::string> names;
  for (const auto& column : song_columns()) names.emplace_back(feature_names()[column.feature]);
  names.emplace_back("mfcc_00_against_level");
  names.emplace_back("level_against_loudness");
  return names;
}

std::vector<float> song_inputs(std::span<const float> features) {
  std::vector<float> inputs;
  for (const auto& [feature, scale] : song_columns())
    inputs.push_back(scaled(features[feature], scale));
  const float level = features[feature_index("level_db_mean")];
  // A gain of 1 dB lifts each of the bands, and so the first coefficient by the root of their
  // number.
  static const float band_root = std::sqrt(static_cast<float>(audio::kMelBands));
  inputs.push_back(features[feature_index("mfcc_00_mean")] - band_root * level);
  inputs.push_back(level - features[feature_index("loudness_lufs")]);
  return inputs;
}

/// Places of the notes' inputs among those of the song.
const std::vector<std::size_t>& note_places() {
  static const auto places_of_notes = [] {
    std::vector<std::size_t> places;
    const auto names = song_names();
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!begins_with_one(names[i], kToldByTheInstrument)) places.push_back(i);
    }
    return places;
  }();
  return places_of_notes;
}

template <typename T>
std::vector<T> notes_of(const std::vector<T>& song) {
  std::vector<T> notes;
  notes.reserve(note_places().size());
  for (const auto place : note_places()) notes.push_back(song[place]);
  return notes;
}

std::size_t excerpt_index(std::string_view name) {
  const auto* const found = std::find(kExcerptNames.begin(), kExcerptNames.end(), name);
  assert(found != kExcerptNames.end());
  return static_cast<std::size_t>(found - kExcerptNames.begin());
}

bool follows_volume(std::string_view name) {
  return name.starts_with("excerpt_mel") || name.starts_with("excerpt_rms") ||
         name.starts_with("excerpt_mfcc");
}

std::vector<std::string> excerpt_names() {
  std::vector<std::string> names;
  for (const auto name : kExcerptNames) {
    if (!follows_volume(name)) names.emplace_back(name);
  }
  for (const auto* name : {"excerpt_mel_spread", "excerpt_rms_spread", "excerpt_mel_against_rms",
                           "excerpt_mfcc_against_rms", "excerpt_rms_against_peak"})
    names.emplace_back(name);
  return names;
}

}  // namespace

const std::vector<std::string>& input_names(View view) {
  static const auto of_song = song_names();
  static const auto of_excerpt = excerpt_names();
  static const auto of_notes = notes_of(of_song);
  switch (view) {
    case View::kExcerpt: return of_excerpt;
    case View::kNotes: return of_notes;
    case View::kSong: break;
  }
  return of_song;
}

std::vector<float> inputs_of_excerpt(std::span<const float> excerpt, float peak_db) {
  assert(excerpt.size() == kExcerptNames.size());
  std::vector<float> inputs;
  for (std::size_t i = 0; i < excerpt.size(); ++i) {
    if (follows_volume(kExcerptNames[i])) continue;
    inputs.push_back(scaled(excerpt[i], Scale::kLog));
  }
  constexpr float kLeast = 1e-9F;
  const auto at_least = [&](std::string_view name) {
    return std::max(kLeast, excerpt[excerpt_index(name)]);
  };
  const float rms = at_least("excerpt_rms_mean");
  inputs.push_back(std::log(at_least("excerpt_mel_sd") / at_least("excerpt_mel_mean")));
  inputs.push_back(std::log(at_least("excerpt_rms_sd") / rms));
  inputs.push_back(std::log(at_least("excerpt_mel_mean") / (rms * rms)));
  // The mean over 20 coefficients of 128 bands, of which only the first one follows the volume.
  static const float first_share = std::sqrt(128.0F) / 20.0F;
  const float rms_db = 20.0F * std::log10(rms);
  inputs.push_back(excerpt[excerpt_index("excerpt_mfcc_mean")] - first_share * rms_db);
  inputs.push_back(rms_db - peak_db);
  return inputs;
}

std::vector<float> inputs_of(View view, std::span<const float> features) {
  assert(features.size() == feature_names().size());
  if (view == View::kSong) return song_inputs(features);
  if (view == View::kNotes) return notes_of(song_inputs(features));
  const float peak_db =
      features[feature_index("level_db_mean")] + features[feature_index("crest_db")];
  return inputs_of_excerpt(
      features.subspan(feature_index(kExcerptNames.front()), kExcerptNames.size()), peak_db);
}

}  // namespace harmonic::mood
