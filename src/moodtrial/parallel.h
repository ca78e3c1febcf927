// moodtrial/parallel.h - many pieces, several threads.
#pragma once

#include <cstddef>
#include <functional>

#include "base/result.h"

namespace harmonic::moodtrial {

/// What is done with the piece at a place.
using Work = std::function<Result<void>(std::size_t)>;

/// Does the work of the places 0 .. count - 1 in `jobs` threads, each with what `make_worker` made
/// for it. The first failure ends it and is what comes back.
[[nodiscard]] Result<void> in_parallel(std::size_t count, std::size_t jobs,
                                       const std::function<Work()>& make_worker);

}  // namespace harmonic::moodtrial
