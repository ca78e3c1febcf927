// recommend/wish.h - what a listener is thought to want of every song in a mood: Signals::wish.
#pragma once

#include <cstdint>
#include <vector>

#include "bandit/wishes.h"
#include "recommend/snapshot.h"

namespace harmonic::recommend {

/// Expected rewards by index of the snapshot, [0, 1]; kNotKnown where a song is not measured. Empty
/// while nothing was learned. `seed` 0: what is expected; any other number: one draw of what may be
/// (Wishes::explore), the same for the same wishes, mood and seed.
[[nodiscard]] std::vector<float> wish_of(const Snapshot& snapshot, const bandit::Wishes& wishes,
                                         ValenceArousal mood, std::uint64_t seed);

}  // namespace harmonic::recommend
