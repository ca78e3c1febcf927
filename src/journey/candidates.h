// journey/candidates.h - the songs that may stand on a way.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "journey/journey.h"
#include "recommend/snapshot.h"

namespace harmonic::journey {

/// The nearest songs of each of `places`, kAround for all together but kFewest to kMost for each,
/// by their index in the snapshot. Without songs that were not heard yet, that are excluded or
/// banned, and of near duplicates without all but the one that is nearest to its place.
[[nodiscard]] std::vector<std::size_t> candidates_near(const recommend::Snapshot& snapshot,
                                                       std::span<const ValenceArousal> places,
                                                       const Options& options);

inline constexpr std::size_t kAround = 512;
inline constexpr std::size_t kFewest = 8;
inline constexpr std::size_t kMost = 64;

}  // namespace harmonic::journey
