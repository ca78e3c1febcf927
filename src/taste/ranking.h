// taste/ranking.h - scores as a list of songs, and how good the list is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "taste/plays.h"

namespace harmonic::taste {

/// The `most` songs of the highest scores that `history` does not hold, best first; of equal scores
/// the lower number first.
[[nodiscard]] std::vector<std::uint32_t> best_unheard(std::span<const float> scores,
                                                      std::span<const Play> history,
                                                      std::size_t most);

/// Which places of a list hold a song of `held`.
[[nodiscard]] std::vector<bool> hits_of(std::span<const std::uint32_t> list,
                                        std::span<const Play> held);

/// Share of the `held` songs (more than 0 of them) among the first `most` places.
[[nodiscard]] double recall_at(std::size_t most, const std::vector<bool>& hits, std::size_t held);

/// Sum over the hits among the first `most` places of 1 / log2(place + 1), by that of the best list
/// there could be; places from 1.
/// Source  Jarvelin and Kekalainen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002
[[nodiscard]] double ndcg_at(std::size_t most, const std::vector<bool>& hits, std::size_t held);

/// Mean over the held songs, `most` of them at most, of the precision at each one's place; 0 for
/// one that is not among the first `most`. Source  McFee et al., "The Million Song Dataset
/// Challenge", WWW 2012 companion
[[nodiscard]] double average_precision_at(std::size_t most, const std::vector<bool>& hits,
                                          std::size_t held);

}  // namespace harmonic::taste
