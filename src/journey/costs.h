// journey/costs.h - what makes one song better than another on a way, and one step than another.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "catalog/store.h"
#include "journey/journey.h"
#include "recommend/snapshot.h"

namespace harmonic::journey {

// All costs add up; their sizes are ours, see docs/journey.md.

/// Times the squared distance of a song from its place on the way.
inline constexpr float kOffTheWay = 10.0F;
/// For half an octave between two tempos, the most that can lie between them.
inline constexpr float kTempoStep = 0.4F;
/// For two sounds that point in opposite directions; half of it for unrelated or unknown ones.
inline constexpr float kSoundStep = 0.4F;
/// For an artist who follows himself.
inline constexpr float kSameArtist = 0.3F;
/// For a step that stays where it is.
inline constexpr float kNoStep = 0.2F;
/// For a song that is skipped always; half of it for one that was never met.
inline constexpr float kHabit = 0.3F;
/// For a song that was heard just now.
inline constexpr float kHeardLately = 0.6F;
/// At most, by seed.
inline constexpr float kChance = 0.05F;

/// Between two tempos in octaves, where twice and half as fast count as the same: 0 .. 0.5. The
/// beat of one piece is heard, by people and programs, at either.
[[nodiscard]] float octaves_apart(Tempo one, Tempo other);

/// Costs of the songs `candidates` of `snapshot`, by their place in that list.
class Costs {
 public:
  Costs(const recommend::Snapshot& snapshot, std::vector<std::size_t> candidates,
        std::span<const catalog::SongHistory> history, const Options& options);

  /// Wherever the song stands.
  [[nodiscard]] float of_song(std::size_t place) const { return own_[place]; }
  [[nodiscard]] float of_step(std::size_t from, std::size_t to) const;
  /// How much recently heard it is, of 1.
  [[nodiscard]] float lately(std::size_t place) const { return lately_[place]; }

 private:
  const recommend::Snapshot& snapshot_;
  const std::vector<std::size_t> candidates_;
  std::vector<float> own_;
  std::vector<float> lately_;
};

}  // namespace harmonic::journey
