#include "evaluate/votes.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace harmonic::evaluate {

std::optional<affect::Emotion> majority_of(const Votes& votes) {
  std::array<int, 10> counts{};
  std::ranges::copy(votes.emotions, counts.begin());
  counts[8] = votes.unknown;
  counts[9] = votes.not_a_face;
  for (int& count : counts) count = count == 1 ? 0 : count;
  const auto* const top = std::ranges::max_element(counts);
  const auto winner = static_cast<std::size_t>(top - counts.begin());
  if (2 * *top <= std::accumulate(counts.begin(), counts.end(), 0)) return std::nullopt;
  if (winner >= kRatedCount) return std::nullopt;
  return static_cast<affect::Emotion>(winner);
}

}  // namespace harmonic::evaluate
