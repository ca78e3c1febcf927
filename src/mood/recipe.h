// mood/recipe.h - how each committee is taught.
#pragma once

#include <cstddef>

#include "mood/learn.h"
#include "mood/model.h"

namespace harmonic::mood {

inline constexpr std::size_t kMembers = 8;

/// Chosen by cross-validation on each corpus (docs/models/music.md).
[[nodiscard]] inline Plan plan_for(View view, std::uint64_t seed) {
  Plan plan;
  plan.seed = seed * 1000;  // members count on from it
  if (view == View::kExcerpt) {
    plan.hidden = 128;
    plan.epochs = 150;
    plan.decay = 0.02F;
    plan.dropped = 0.05F;
  } else {
    plan.hidden = 32;
    plan.epochs = 40;
    plan.decay = 0.1F;
    plan.dropped = 0.3F;
  }
  return plan;
}

}  // namespace harmonic::mood
