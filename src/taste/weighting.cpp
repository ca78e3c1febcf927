#include "taste/weighting.h"

#include <cmath>

namespace harmonic::taste {

std::vector<float> weights_of(std::span<const Play> row, const Weighting& weighting) {
  double sum = 0.0;
  for (const auto& cell : row) sum += cell.count;
  const auto songs = static_cast<float>(row.size());
  const float mean = static_cast<float>(sum) / songs;
  const float level = std::pow(songs, -weighting.levelling);
  std::vector<float> weights;
  weights.reserve(row.size());
  for (const auto& cell : row)
    weights.push_back(std::pow(cell.count / mean, weighting.power) * level);
  return weights;
}

Plays weighed(const Plays& plays, const Weighting& weighting) {
  return plays.with_counts(
      [&weighting](std::span<const Play> row) { return weights_of(row, weighting); });
}

}  // namespace harmonic::taste
