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
  const auto& sound = snapshot.song(index).sound;
  bandit::Traits traits{};
  put(traits, Trait::kOne, 1.0F);
  if (sound.mood) {
    put(traits, Trait::kValence, sound.mood->valence());
    put(traits, Trait::kArousal, sound.mood->arousal());
  }
  if (sound.tempo && sound.tempo->bpm() > 0)
    put(traits, Trait::kTempo, static_cast<float>(std::log2(sound.tempo->bpm() / 120.0)));
  if (sound.loudness_lufs)
    put(traits, Trait::kLoudness, (*sound.loudness_lufs - kUsualLufs) / kLufsReach);
  const auto components = snapshot.sound(index);
  for (std::size_t i = 0; i < std::min(bandit::kSoundTraits, components.size()); ++i)
    traits[bandit::kPortableTraits + i] = bandit::kSoundReach * components[i];
  return traits;
}

}  // namespace harmonic::recommend
