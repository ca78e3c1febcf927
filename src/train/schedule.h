// train/schedule.h - the learning rate over a run.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace harmonic::train {

/// Rises in a straight line over `warm_up` steps, then falls along half a cosine to 0 at `steps`
/// (Loshchilov & Hutter 2017, without restarts). `step` counts from 0; 0 < warm_up < steps.
[[nodiscard]] inline double rate_at(std::size_t step, std::size_t steps, std::size_t warm_up,
                                    double peak) {
  if (step < warm_up) return peak * static_cast<double>(step + 1) / static_cast<double>(warm_up);
  const double done =
      static_cast<double>(std::min(step, steps) - warm_up) / static_cast<double>(steps - warm_up);
  return peak * (1 + std::cos(std::numbers::pi * done)) / 2;
}

}  // namespace harmonic::train
