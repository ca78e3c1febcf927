// mood/committee.h - several networks that learned the same from different starts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "mood/learn.h"
#include "mood/network.h"
#include "mood/waves.h"

namespace harmonic::mood {

/// Mean and spread of a column.
struct Spread {
  float mean = 0.0F;
  float deviation = 1.0F;
};

/// Inputs are standardised by the examples that it learned from, outputs turned back.
struct Committee {
  std::vector<Spread> inputs;
  std::vector<Spread> outputs;
  std::vector<Network> members;
};

struct Opinion {
  std::vector<float> mean;     ///< [outputs]
  std::vector<float> dissent;  ///< standard deviation among the members, [outputs]
};

/// Of the known values of each of `width` columns; a column that never changes has a deviation
/// of 1. Shape   `rows` [n x width]
[[nodiscard]] std::vector<Spread> spreads_of(std::span<const float> rows, std::size_t width);

/// Who sits in a committee.
struct Members {
  std::size_t learned = 8;  ///< by `plan`, with the seeds plan.seed, plan.seed + 1, ...
  Plan plan;
  std::size_t drawn = 0;  ///< by `wave_plan`, likewise
  WavePlan wave_plan;
};

[[nodiscard]] Committee learn_together(const Examples& examples, const Members& members);

/// An input counts at most four deviations: what was never heard must not shout.
/// Shape   `inputs` [committee.inputs.size()]
[[nodiscard]] Opinion ask(const Committee& committee, std::span<const float> inputs);

}  // namespace harmonic::mood
