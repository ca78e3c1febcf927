// recommend/score.h - how well one song fits, part by part.
#pragma once

#include <cstdint>

#include "catalog/store.h"
#include "recommend/rank.h"

namespace harmonic::recommend {

/// Plays + 2 if liked - skips. 0 without a history.
[[nodiscard]] int affinity(const catalog::SongHistory* history);

/// What a song is worth to one listener now, beside what he did with it.
struct Habit {
  const catalog::SongHistory* history = nullptr;  ///< null: never heard, never liked
  float lost = 0.0F;                              ///< as recently heard
};

/// Scores the songs of one snapshot for one target. Holds references to its arguments.
class Scorer {
 public:
  Scorer(const Snapshot& snapshot, ValenceArousal target, const Options& options);

  [[nodiscard]] const Direction& direction() const { return direction_; }
  /// What each part gives, weighed. The song must be measured.
  [[nodiscard]] PartValues shares(std::size_t index, const Habit& habit) const;
  /// The shares added in their order, less what is lost.
  [[nodiscard]] static float total(const PartValues& shares, float lost);

 private:
  [[nodiscard]] float chance(std::size_t index) const;

  const Snapshot& snapshot_;
  const Weights weights_;
  const std::uint64_t seed_;
  const Direction direction_;
};

}  // namespace harmonic::recommend
