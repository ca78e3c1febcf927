// taste/split.h - some of each listener's songs put aside, to ask for later.
#pragma once

#include <cstdint>

#include "taste/plays.h"

namespace harmonic::taste {

/// The same listeners and songs twice; no cell is in both.
struct Split {
  Plays learn;
  Plays held;
};

/// Of each listener with n songs, floor(n / part) are held, drawn at random; who has fewer than
/// `part` keeps all. The draw of a listener depends on `seed` and the listener's number.
[[nodiscard]] Split split_by_listener(const Plays& plays, std::size_t part, std::uint64_t seed);

}  // namespace harmonic::taste
