// taste/camps_for_tests.h - listeners whose taste is known.
#pragma once

#include <vector>

#include "base/dice.h"
#include "taste/plays.h"

namespace harmonic::taste::test {

/// `listeners` in two camps: even ones play `each` of the first half of the songs, odd ones as many
/// of the second half, and everyone one song of the other side.
inline Plays two_camps(std::uint32_t listeners, std::uint32_t songs, std::uint32_t each,
                       std::uint64_t seed = 1) {
  Dice dice{seed};
  std::vector<Triplet> cells;
  const std::uint32_t half = songs / 2;
  for (std::uint32_t listener = 0; listener < listeners; ++listener) {
    const std::uint32_t own = listener % 2 == 0 ? 0 : half;
    for (std::uint32_t i = 0; i < each; ++i) {
      const auto song = own + static_cast<std::uint32_t>(dice.below(half));
      cells.push_back({listener, song, 1.0F + static_cast<float>(dice.below(9))});
    }
    cells.push_back({listener, half - own + static_cast<std::uint32_t>(dice.below(half)), 1.0F});
  }
  return {listeners, songs, cells};
}

/// The scores of one listener.
template <typename Recommender>
std::vector<float> scores_of(const Recommender& recommender, const Plays& histories,
                             std::size_t listener) {
  std::vector<float> scores(histories.songs());
  recommender.score(histories, {listener, 1}, scores);
  return scores;
}

}  // namespace harmonic::taste::test
