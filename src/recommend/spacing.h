// recommend/spacing.h - takes songs in order, but no artist twice in a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace harmonic::recommend {

/// `artists`: the artist of each candidate, best first. Gives the places of `count` of them (all
/// where there are fewer) in the order to play them: always the best one whose artist differs from
/// the one before and after which the rest can still be spaced. Where the candidates cannot be
/// spaced at all, the best one of another artist, and the best one when there is none.
/// `after`: the artist that comes before the first.
[[nodiscard]] std::vector<std::size_t> space_artists(std::span<const std::uint32_t> artists,
                                                     std::size_t count,
                                                     std::optional<std::uint32_t> after);

}  // namespace harmonic::recommend
