#include "recommend/score.h"

#include <algorithm>
#include <cmath>

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

/// A signal of one song.
float heard(std::span<const float> signal, std::size_t index) {
  if (signal.empty()) return kNotKnown;
  const float value = signal[index];
  return value >= 0.0F && value <= 1.0F ? value : kNotKnown;
}

// What the roundings of a few sums of numbers below 1 may come to, with room to spare.
constexpr float kRounding = 1e-5F;

}  // namespace

Scorer::Scorer(const Snapshot& snapshot, ValenceArousal target, const Options& options,
               const Signals& signals)
    : snapshot_{snapshot},
      weights_{options.weights},
      seed_{options.seed},
      dice_{options.seed},
      signals_{signals},
      direction_{snapshot.toward(target)},
      rough_sounds_(snapshot.size()) {
  const float off = snapshot.rough_sound_cosines(direction_, rough_sounds_);
  doubt_ = weights_[Part::kSound] * off / 2.0F + kRounding;
}

float Scorer::taste(std::size_t index) const { return heard(signals_.taste, index); }
float Scorer::company(std::size_t index) const { return heard(signals_.company, index); }

float Scorer::wish(std::size_t index) const { return heard(signals_.wish, index); }

float Scorer::novel(const catalog::SongHistory* history) const {
  const float weight = weights_[Part::kNovelty];
  return weight < 0 ? -weight * familiarity_of(history) : weight * novelty_of(history);
}

PartValues Scorer::shares(std::size_t index, const Habit& habit) const {
  return {weights_[Part::kMood] * raised(snapshot_.mood_cosine(direction_, index)),
          weights_[Part::kSound] * raised(snapshot_.sound_cosine(direction_, index)),
          weights_[Part::kHabit] * habit_of(habit.history),
          weights_[Part::kWish] * heard(signals_.wish, index),
          weights_[Part::kTaste] * heard(signals_.taste, index),
          novel(habit.history),
          weights_[Part::kChance] == 0 ? 0 : weights_[Part::kChance] * chance(index)};
}

float Scorer::gain(const Habit& habit) const {
  return weights_[Part::kHabit] * (habit_of(habit.history) - habit_of(nullptr)) +
         novel(habit.history) - novel(nullptr) - habit.lost;
}

// Part by part, so that each loop reads memory in its order.
void Scorer::rough_totals(std::size_t first, std::span<float> out) const {
  const float mood = weights_[Part::kMood] / 2.0F;
  const float sound = weights_[Part::kSound] / 2.0F;
  const float same = mood + sound + weights_[Part::kHabit] * habit_of(nullptr) + novel(nullptr);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = same + mood * snapshot_.mood_cosine(direction_, first + i) +
             sound * rough_sounds_[first + i];
  }
  const auto add = [&](std::span<const float> signal, float weight) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += weight * heard(signal, first + i);
  };
  add(signals_.wish, weights_[Part::kWish]);
  add(signals_.taste, weights_[Part::kTaste]);
  const float weight = weights_[Part::kChance];
  if (seed_ == 0 || weight == 0) return;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] += weight * chance(first + i);
}

float Scorer::total(const PartValues& shares, float lost) {
  float sum = 0;
  for (const float share : shares) sum += share;
  return sum - lost;
}

}  // namespace harmonic::recommend
