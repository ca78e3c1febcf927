#include "recommend/score.h"

#include <algorithm>
#include <cmath>

#include "base/dice.h"

namespace harmonic::recommend {

namespace {

/// A cosine as a part of a score.
float raised(float cosine) { return (1.0F + cosine) / 2.0F; }

// Half of the way from indifferent to dear at this many plays, and a third of it left after as
// many more: the hundredth play says little that the tenth did not.
constexpr float kSomePlays = 3.0F;

float habit_of(const catalog::SongHistory* history) {
  const auto liking = static_cast<float>(affinity(history));
  return 0.5F + 0.5F * liking / (std::abs(liking) + kSomePlays);
}

/// 1 for what was never met, whether it was heard to the end or skipped.
float novelty_of(const catalog::SongHistory* history) {
  const auto met = history == nullptr ? 0 : history->plays + history->skips;
  return 1.0F / (1.0F + static_cast<float>(met));
}

/// Towards 1 with every play. A skip makes nothing more familiar: it must not raise a song.
float familiarity_of(const catalog::SongHistory* history) {
  const auto heard = history == nullptr ? 0 : history->plays;
  return 1.0F - 1.0F / (1.0F + static_cast<float>(heard));
}

}  // namespace

int affinity(const catalog::SongHistory* history) {
  if (history == nullptr) return 0;
  return history->plays + (history->liked ? 2 : 0) - history->skips;
}

Scorer::Scorer(const Snapshot& snapshot, ValenceArousal target, const Options& options)
    : snapshot_{snapshot},
      weights_{options.weights},
      seed_{options.seed},
      direction_{snapshot.toward(target)} {}

float Scorer::chance(std::size_t index) const {
  if (seed_ == 0) return 0;
  const auto id = static_cast<std::uint64_t>(snapshot_.song(index).id.value);
  return Dice{seed_, id}.unit();
}

PartValues Scorer::shares(std::size_t index, const Habit& habit) const {
  const float novelty = weights_[Part::kNovelty];
  const float novel =
      novelty < 0 ? -novelty * familiarity_of(habit.history) : novelty * novelty_of(habit.history);
  return {weights_[Part::kMood] * raised(snapshot_.mood_cosine(direction_, index)),
          weights_[Part::kSound] * raised(snapshot_.sound_cosine(direction_, index)),
          weights_[Part::kHabit] * habit_of(habit.history), novel,
          weights_[Part::kChance] == 0 ? 0 : weights_[Part::kChance] * chance(index)};
}

float Scorer::total(const PartValues& shares, float lost) {
  float sum = 0;
  for (const float share : shares) sum += share;
  return sum - lost;
}

}  // namespace harmonic::recommend
