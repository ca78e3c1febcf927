// taste/neighbours.h - songs that are played by the same listeners.
#pragma once

#include <cstddef>

#include "taste/recommender.h"
#include "taste/weighting.h"

namespace harmonic::taste {

/// similarity(i, j) = (x_i . x_j / (|x_i|^(2 asymmetry) |x_j|^(2 (1 - asymmetry)) +
/// shrink))^locality over the weighed columns; j's score is the sum over the history's songs i. An
/// asymmetry of 0.5 is the cosine; below it, popular songs gain less from being popular. Source
/// Aiolli, "Efficient top-N recommendation for very large scale binary rated datasets",
///         RecSys 2013 (asymmetric cosine, locality)
struct NeighbourPlan {
  Weighting weighting = {};
  float asymmetry = 0.4F;
  float shrink = 0.0F;    ///< takes weight from songs that share few listeners
  float locality = 1.0F;  ///< above 1 the nearest count for more
  std::size_t most = 0;   ///< neighbours of a song that are kept; 0 keeps all
};

[[nodiscard]] RecommenderPtr learn_neighbours(const Plays& plays, const NeighbourPlan& plan,
                                              std::size_t jobs);

}  // namespace harmonic::taste
