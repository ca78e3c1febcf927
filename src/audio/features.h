// audio/features.h - the vector of a song: names and values in one order.
#pragma once

#include <string_view>
#include <vector>

#include "audio/excerpt.h"
#include "audio/harmony.h"
#include "audio/loudness.h"
#include "audio/playing.h"
#include "audio/rhythm.h"
#include "audio/timbre.h"

namespace harmonic::audio {

/// Grows whenever something that is stored of an unchanged file could change, in the vector or
/// beside it: songs of an older number are heard again, and keep what is stored until then.
inline constexpr int kAnalysisVersion = 5;

/// Grows with the vector alone: a mood model and the rows that taught it belong to one number.
inline constexpr int kVectorVersion = 3;

struct Feature {
  std::string_view name;
  float value;
};

struct Measured {
  Loudness loudness;
  Rhythm rhythm;
  Harmony harmony;
  Timbre timbre;
  Playing playing;
  ExcerptFeatures excerpt{};
};

/// All features of one song; always the same names in the same order, every value finite. Unit,
/// range and source of each are in docs/features.md.
[[nodiscard]] std::vector<Feature> features_of(const Measured& measured);

/// The names in the order of the vector; snake_case, fit for JSON keys and columns.
[[nodiscard]] const std::vector<std::string_view>& feature_names();

/// The place of `name` in the vector. The name must be one of feature_names().
[[nodiscard]] std::size_t feature_index(std::string_view name);

}  // namespace harmonic::audio
