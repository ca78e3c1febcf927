// recommend/traits.h - a song of a snapshot as the bandit sees it.
#pragma once

#include <cstddef>

#include "bandit/traits.h"
#include "recommend/snapshot.h"

namespace harmonic::recommend {

/// What was not measured is 0, the middle: it says nothing for or against the song.
[[nodiscard]] bandit::Traits traits_of(const Snapshot& snapshot, std::size_t index);

}  // namespace harmonic::recommend
