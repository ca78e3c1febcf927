// mood/layer.h - one layer, there and back. Internal to the module.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace harmonic::mood {

/// out = bias + sum over i of x[i] weights[i]; `weights` [x.size() x out.size()].
inline void apply_layer(std::span<const float> x, std::span<const float> weights,
                        std::span<const float> bias, std::span<float> out) {
  std::copy(bias.begin(), bias.end(), out.begin());
  const auto width = out.size();
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (x[i] == 0.0F) continue;
    const float* row = weights.data() + i * width;
    for (std::size_t j = 0; j < width; ++j) out[j] += x[i] * row[j];
  }
}

/// Adds to `slope` what an error of `error` [width] at the outputs asks of the weights.
inline void add_slope(std::span<const float> x, std::span<const float> error,
                      std::span<float> slope) {
  const auto width = error.size();
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (x[i] == 0.0F) continue;
    float* row = slope.data() + i * width;
    for (std::size_t j = 0; j < width; ++j) row[j] += x[i] * error[j];
  }
}

}  // namespace harmonic::mood
