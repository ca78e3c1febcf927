// taste/blend.h - several methods asked at once, each with the say that it earned.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "taste/ease.h"
#include "taste/ials.h"
#include "taste/neighbours.h"
#include "taste/recommender.h"

namespace harmonic::taste {

/// Plans that did well on parts held back from the training parts of HetRec's Last.fm and of the
/// Million Song Taste Profile (docs/taste.md).
[[nodiscard]] EasePlan tuned_ease();
[[nodiscard]] IalsPlan tuned_ials();
/// Of a song's many neighbours, and of its nearest.
[[nodiscard]] NeighbourPlan tuned_wide_neighbours();
[[nodiscard]] NeighbourPlan tuned_near_neighbours();

/// One method and its say; the weights of a blend sum to 1.
struct Share {
  std::string method;
  float weight = 0.0F;
};

struct Blend {
  RecommenderPtr recommender;
  std::vector<Share> shares;
};

/// EASE, iALS and both sorts of neighbours with their tuned plans. Each method's scores of a
/// listener are taken in standard deviations from their mean. The weights are those with the
/// highest Recall@20 + NDCG@20 on a fifth of the songs of the first 1,000 listeners, held back from
/// methods that learned from the rest; then all that have a weight learn anew from everything. The
/// same plays and seed give the same blend whatever `jobs`.
/// Errors  those of learn_ease.
[[nodiscard]] Result<Blend> learn_blend(const Plays& plays, std::uint64_t seed, std::size_t jobs);

}  // namespace harmonic::taste
