// taste/parallel.h - one loop by several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace harmonic::taste {

/// Calls `work(first, last)` for each run of at most `block` numbers of 0 .. count-1, from `jobs`
/// threads. The runs do not depend on `jobs`; their order does.
void for_blocks(std::size_t count, std::size_t block, std::size_t jobs,
                const std::function<void(std::size_t first, std::size_t last)>& work);

}  // namespace harmonic::taste
