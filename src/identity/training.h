// identity/training.h - fits the embedding to pictures of people who gave two each.
#pragma once

#include <cstddef>

#include "base/result.h"
#include "identity/embedding.h"
#include "identity/matrix.h"

namespace harmonic::identity {

/// Chosen by cross-validation over muxspace's people (docs/decisions/0075).
struct EmbeddingPlan {
  std::size_t components = 500;  ///< directions kept before people are looked at
  std::size_t outputs = 200;     ///< directions kept that tell people apart
  double shrinkage = 0.30;       ///< share of the within-person spread that is taken as round
};

/// `descriptors` has a picture a row, the two of a person next to each other.
///
/// Principal directions; then the directions in which people differ most measured by how much two
/// pictures of one person do (linear discriminants); eight bits a weight; then the spreads,
/// measured with the rounded weights. The same rows give the same weights, byte by byte, with one
/// build. Errors  kInvalidInput: fewer people than the plan has components, or an odd number of
/// rows.
[[nodiscard]] Result<EmbeddingWeights> fit_embedding(Matrix descriptors,
                                                     const EmbeddingPlan& plan = {});

}  // namespace harmonic::identity
