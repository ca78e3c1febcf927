// nn/arena.h - one block of memory for values that live at different times.
#pragma once

#include <cstddef>
#include <vector>

namespace harmonic::nn {

/// `bytes` that are written first in operation `first` and read last in operation `last`.
struct Lifetime {
  std::size_t bytes = 0;
  std::size_t first = 0;
  std::size_t last = 0;
};

/// Where each one starts; two that live at the same time never overlap.
struct Arena {
  std::vector<std::size_t> offsets;
  std::size_t bytes = 0;
};

/// First fit in the order given; offsets are multiples of 64, a cache line and a vector register.
[[nodiscard]] Arena arena_for(const std::vector<Lifetime>& lifetimes);

}  // namespace harmonic::nn
