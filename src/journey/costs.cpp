#include "journey/costs.h"

#include <cmath>

#include "base/dice.h"
#include "recommend/habits.h"

namespace harmonic::journey {

namespace {

using catalog::SongHistory;

// As in a ranking: the hundredth play says little that the tenth did not.
constexpr float kSomePlays = 3.0F;

float habit_cost(const SongHistory* history) {
  const auto liking = static_cast<float>(recommend::affinity(history));
  return kHabit / 2 * (1.0F - liking / (std::abs(liking) + kSomePlays));
}

float tempo_cost(std::optional<Tempo> one, std::optional<Tempo> other) {
  if (!one || !other) return kTempoStep / 2;
  return 2 * kTempoStep * octaves_apart(*one, *other);
}

}  // namespace

float octaves_apart(Tempo one, Tempo other) {
  const double octaves = std::abs(std::log2(one.bpm() / other.bpm()));
  return static_cast<float>(std::abs(octaves - std::round(octaves)));
}

Costs::Costs(const recommend::Snapshot& snapshot, std::vector<std::size_t> candidates,
             std::span<const SongHistory> history, const Options& options)
    : snapshot_{snapshot}, candidates_{std::move(candidates)} {
  recommend::Options as_ranked;
  as_ranked.now = options.now;
  as_ranked.recent = options.recent;
  const recommend::Habits habits{snapshot, history, as_ranked};
  own_.reserve(candidates_.size());
  lately_.reserve(candidates_.size());
  for (const std::size_t index : candidates_) {
    const auto habit = habits.of(index);
    const auto id = static_cast<std::uint64_t>(snapshot.id(index).value);
    const float draw = options.seed == 0 ? 0.0F : Dice{options.seed, id}.unit();
    lately_.push_back(habit.lost / recommend::kRecentStep);
    own_.push_back(habit_cost(habit.history) + kHeardLately * lately_.back() + kChance * draw);
  }
}

float Costs::of_step(std::size_t from, std::size_t to) const {
  const std::size_t one = candidates_[from];
  const std::size_t other = candidates_[to];
  return tempo_cost(snapshot_.tempo(one), snapshot_.tempo(other)) +
         kSoundStep / 2 * (1.0F - snapshot_.sound_cosine(one, other)) +
         (snapshot_.artist(one) == snapshot_.artist(other) ? kSameArtist : 0.0F) +
         (*snapshot_.mood(one) == *snapshot_.mood(other) ? kNoStep : 0.0F);
}

}  // namespace harmonic::journey
