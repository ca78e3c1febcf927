// recommend/shortlist.h - the best of many by a key, without sorting the rest.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::recommend {

/// The places of the `count` highest keys, highest first, equal keys by place. A key that is
/// kNotOffered is never among them. O(n + count log count) for keys in no order.
[[nodiscard]] std::vector<std::size_t> best_places(std::span<const double> keys, std::size_t count);

inline constexpr double kNotOffered = -1e300;

}  // namespace harmonic::recommend
