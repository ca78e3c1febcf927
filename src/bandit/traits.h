// bandit/traits.h - what is known of a song, as a short row of numbers.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace harmonic::bandit {

/// The first traits mean the same in every library; the components of the sound are this library's.
enum class Trait : std::uint8_t {
  kOne,       ///< always 1
  kValence,   ///< of the song's mood, [-1, 1]
  kArousal,   ///< of the song's mood, [-1, 1]
  kTempo,     ///< log2(bpm / 120), [-1, 1]
  kLoudness,  ///< (LUFS + 14) / 8, [-1, 1]
  kSound,     ///< the first of kSoundTraits components
};
inline constexpr std::size_t kSoundTraits = 6;
inline constexpr std::size_t kPortableTraits = static_cast<std::size_t>(Trait::kSound);
inline constexpr std::size_t kTraits = kPortableTraits + kSoundTraits;

/// f32 [kTraits] in the order of Trait. Unknown is 0, the middle. The components' squares add up to
/// at most kSoundReach squared.
using Traits = std::array<float, kTraits>;

/// A sound is a unit vector: its leading components are multiplied by this, so that their spread
/// over songs comes near that of the other traits.
inline constexpr float kSoundReach = 2.0F;

/// No row of traits is longer than this.
[[nodiscard]] inline float longest_traits() {
  return std::sqrt(static_cast<float>(kPortableTraits) + kSoundReach * kSoundReach);
}

}  // namespace harmonic::bandit
