// taste/ease.h - songs that tell each other, by one linear map.
#pragma once

#include <cstddef>

#include "base/result.h"
#include "taste/recommender.h"
#include "taste/weighting.h"

namespace harmonic::taste {

/// The songs x songs map B with an empty diagonal that best gives the weighed matrix X back:
/// min |X - XB|^2 + sum_j R_j |B_j.|^2 with the penalty of song j
///   R_j = ridge * (x_j . x_j / their mean)^popular + denoise * x_j . x_j.
/// Source  Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019; Steck,
///         "Autoencoders that don't overfit towards the identity", NeurIPS 2020 (`denoise`, p / (1
///         - p) for a dropout of p)
struct EasePlan {
  Weighting weighting = {};
  float ridge = 100.0F;
  float popular = 0.0F;  ///< above 0, songs of many listeners are held back more
  float denoise = 0.0F;
};

/// The most songs or the most listeners, whichever is fewer, that EASE takes: a square of it must
/// fit the memory.
inline constexpr std::size_t kMostEase = 20000;

/// Solved through the listeners x listeners matrix where that is the smaller one, through the songs
/// x songs matrix else; both give the same B.
/// Errors  kInvalidInput: more than kMostEase of both.
[[nodiscard]] Result<RecommenderPtr> learn_ease(const Plays& plays, const EasePlan& plan,
                                                std::size_t jobs);

}  // namespace harmonic::taste
