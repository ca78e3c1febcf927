// recommend/score.h - how well one song fits, part by part.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/dice.h"
#include "recommend/habits.h"
#include "recommend/rank.h"

namespace harmonic::recommend {

/// Scores the songs of one snapshot for one target. Holds references to its arguments.
class Scorer {
 public:
  Scorer(const Snapshot& snapshot, ValenceArousal target, const Options& options,
         const Signals& signals);

  [[nodiscard]] const Direction& direction() const { return direction_; }
  /// What each part gives, weighed. The song must be measured.
  [[nodiscard]] PartValues shares(std::size_t index, const Habit& habit) const;
  /// The shares added in their order, less what is lost.
  [[nodiscard]] static float total(const PartValues& shares, float lost);

  /// The totals of the songs from `first` on as if none had a habit, out[i] within doubt() of the
  /// true one; of no meaning where the song is not measured. It reads a fifth of the memory that
  /// the true ones do.
  void rough_totals(std::size_t first, std::span<float> out) const;
  /// What a habit adds to that.
  [[nodiscard]] float gain(const Habit& habit) const;
  [[nodiscard]] float doubt() const { return doubt_; }
  [[nodiscard]] float taste(std::size_t index) const;
  [[nodiscard]] float company(std::size_t index) const;
  [[nodiscard]] float wish(std::size_t index) const;

 private:
  [[nodiscard]] float novel(const catalog::SongHistory* history) const;
  /// The same for a song in every list of one seed, [0, 1).
  [[nodiscard]] float chance(std::size_t index) const {
    return seed_ == 0 ? 0 : dice_.unit_at(static_cast<std::uint64_t>(snapshot_.id(index).value));
  }

  const Snapshot& snapshot_;
  const Weights weights_;
  const std::uint64_t seed_;
  const Dice dice_;
  const Signals signals_;
  const Direction direction_;
  std::vector<float> rough_sounds_;  ///< cosines by index
  float doubt_ = 0.0F;
};

}  // namespace harmonic::recommend
