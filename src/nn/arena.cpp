#include "nn/arena.h"

#include <algorithm>

namespace harmonic::nn {

namespace {

constexpr std::size_t kAlignment = 64;

std::size_t rounded_up(std::size_t bytes) {
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

bool together(const Lifetime& a, const Lifetime& b) {
  return a.first <= b.last && b.first <= a.last;
}

}  // namespace

Arena arena_for(const std::vector<Lifetime>& lifetimes) {
  Arena arena;
  for (std::size_t i = 0; i < lifetimes.size(); ++i) {
    std::vector<std::size_t> taken;
    for (std::size_t j = 0; j < i; ++j) {
      if (together(lifetimes[i], lifetimes[j])) taken.push_back(j);
    }
    std::ranges::sort(taken, {}, [&](std::size_t j) { return arena.offsets[j]; });
    std::size_t offset = 0;
    for (const auto j : taken) {
      if (arena.offsets[j] >= offset + lifetimes[i].bytes) break;
      offset = std::max(offset, rounded_up(arena.offsets[j] + lifetimes[j].bytes));
    }
    arena.offsets.push_back(offset);
    arena.bytes = std::max(arena.bytes, rounded_up(offset + lifetimes[i].bytes));
  }
  return arena;
}

}  // namespace harmonic::nn
