// mood/recipe.h - how each committee is taught.
#pragma once

#include <cstddef>

#include "mood/committee.h"
#include "mood/model.h"

namespace harmonic::mood {

/// Chosen by cross-validation on each corpus (docs/models/music.md).
[[nodiscard]] inline Members members_for(View view, std::uint64_t seed) {
  Members members;
  auto& plan = members.plan;
  plan.seed = seed * 1000;  // members count on from it
  if (view == View::kExcerpt) {
    plan.hidden = 128;
    plan.epochs = 150;
    plan.decay = 0.02F;
    plan.dropped = 0.05F;
    members.drawn = members.learned;
    members.wave_plan.seed = plan.seed;
  } else {
    plan.hidden = 32;
    plan.epochs = 40;
    plan.decay = 0.1F;
    plan.dropped = 0.3F;
  }
  return members;
}

}  // namespace harmonic::mood
