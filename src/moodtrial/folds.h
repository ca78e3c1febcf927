// moodtrial/folds.h - which pieces a network may learn from, and how good its answers are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace harmonic::moodtrial {

/// A fold in 0 .. count-1 for each piece; pieces of one group share it. The same seed gives the
/// same folds.
[[nodiscard]] std::vector<std::size_t> fold_by_group(const std::vector<std::string>& groups,
                                                     std::size_t count, std::uint64_t seed);

/// 1 - squared error over variance of the truth; 0 where the truth does not vary.
[[nodiscard]] double r_squared(std::span<const float> said, std::span<const float> truth);

/// Pearson's correlation; 0 where either does not vary.
[[nodiscard]] double correlation(std::span<const float> a, std::span<const float> b);

/// Share of the pairs (positive, negative) that `said` puts in order, ties half: the area under the
/// ROC curve. `truth` is positive or not; .5 where one kind is missing.
[[nodiscard]] double area_under_curve(std::span<const float> said, std::span<const float> truth);

/// Share of the signs that agree.
[[nodiscard]] double sign_accuracy(std::span<const float> said, std::span<const float> truth);

}  // namespace harmonic::moodtrial
