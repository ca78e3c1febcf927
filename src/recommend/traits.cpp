#include "recommend/traits.h"

#include <algorithm>
#include <cmath>

namespace harmonic::recommend {

namespace {

using bandit::Trait;

constexpr float kUsualLufs = -14.0F;
constexpr float kLufsReach = 8.0F;

void put(bandit::Traits& traits, Trait trait, float value) {
  if (std::isfinite(value))
    traits.at(static_cast<std::size_t>(trait)) = std::clamp(value, -1.0F, 1.0F);
}

}  // namespace

bandit::Traits traits_of(const Snapshot& snapshot, std::size_t index) {
  bandit::Traits traits{};
  put(traits, Trait::kOne, 1.0F);
  if (const auto mood = snapshot.mood(index)) {
    put(traits, Trait::kValence, mood->valence());
    put(traits, Trait::kArousal, mood->arousal());
  }
  if (const auto tempo = snapshot.tempo(index); tempo && tempo->bpm() > 0)
    put(traits, Trait::kTempo, static_cast<float>(std::log2(tempo->bpm() / 120.0)));
  if (const auto lufs = snapshot.loudness_lufs(index))
    put(traits, Trait::kLoudness, (*lufs - kUsualLufs) / kLufsReach);
  const auto components = snapshot.sound(index);
  for (std::size_t i = 0; i < std::min(bandit::kSoundTraits, components.size()); ++i)
    traits[bandit::kPortableTraits + i] = bandit::kSoundReach * components[i];
  return traits;
}

}  // namespace harmonic::recommend
