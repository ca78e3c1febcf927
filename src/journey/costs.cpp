#include "journey/costs.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/dice.h"
#include "recommend/score.h"

namespace harmonic::journey {

namespace {

using catalog::SongHistory;

// As in a ranking: the hundredth play says little that the tenth did not.
constexpr float kSomePlays = 3.0F;

float habit_cost(const SongHistory* history) {
  const auto liking = static_cast<float>(recommend::affinity(history));
  return kHabit / 2 * (1.0F - liking / (std::abs(liking) + kSomePlays));
}

float lately_by_age(std::chrono::system_clock::duration age) {
  const double part = std::chrono::duration<double>(age) / recommend::kRecentMemory;
  return static_cast<float>(1.0 - std::clamp(part, 0.0, 1.0));
}

float lately_by_order(SongId song, const Options& options) {
  const auto end = options.recent.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                options.recent.size(), recommend::kRecentSongs));
  const auto found = std::find(options.recent.begin(), end, song);
  if (found == end) return 0;
  return 1.0F - static_cast<float>(found - options.recent.begin()) /
                    static_cast<float>(recommend::kRecentSongs);
}

float tempo_cost(const catalog::Song& one, const catalog::Song& other) {
  if (!one.sound.tempo || !other.sound.tempo) return kTempoStep / 2;
  return 2 * kTempoStep * octaves_apart(*one.sound.tempo, *other.sound.tempo);
}

}  // namespace

float octaves_apart(Tempo one, Tempo other) {
  const double octaves = std::abs(std::log2(one.bpm() / other.bpm()));
  return static_cast<float>(std::abs(octaves - std::round(octaves)));
}

Costs::Costs(const recommend::Snapshot& snapshot, std::vector<std::size_t> candidates,
             std::span<const SongHistory> history, const Options& options)
    : snapshot_{snapshot}, candidates_{std::move(candidates)} {
  std::unordered_map<SongId, const SongHistory*> known;
  for (const auto& one : history) known[one.song] = &one;
  own_.reserve(candidates_.size());
  lately_.reserve(candidates_.size());
  for (const std::size_t index : candidates_) {
    const SongId id = snapshot.song(index).id;
    const auto found = known.find(id);
    const auto* habits = found == known.end() ? nullptr : found->second;
    float lately = lately_by_order(id, options);
    if (habits != nullptr && habits->last_heard && options.now)
      lately = std::max(lately, lately_by_age(*options.now - *habits->last_heard));
    const auto draw =
        options.seed == 0 ? 0.0F : Dice{options.seed, static_cast<std::uint64_t>(id.value)}.unit();
    own_.push_back(habit_cost(habits) + kHeardLately * lately + kChance * draw);
    lately_.push_back(lately);
  }
}

float Costs::of_step(std::size_t from, std::size_t to) const {
  const std::size_t one = candidates_[from];
  const std::size_t other = candidates_[to];
  const auto& a = snapshot_.song(one);
  const auto& b = snapshot_.song(other);
  return tempo_cost(a, b) + kSoundStep / 2 * (1.0F - snapshot_.sound_cosine(one, other)) +
         (snapshot_.artist(one) == snapshot_.artist(other) ? kSameArtist : 0.0F) +
         (*a.sound.mood == *b.sound.mood ? kNoStep : 0.0F);
}

}  // namespace harmonic::journey
