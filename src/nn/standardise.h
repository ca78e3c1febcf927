// nn/standardise.h - a grey picture as the numbers that this project's networks of faces take.
#pragma once

#include <cstdint>
#include <span>

#include "nn/tensor.h"

namespace harmonic::nn {

/// (x - mean) / max(deviation, epsilon) over a picture u8 [height, width] in 0..255, the deviation
/// being the population's: f32 [1, 1, height, width]. `epsilon` > 0.
[[nodiscard]] Tensor standardised(std::span<const std::uint8_t> grey, int width, int height,
                                  float epsilon);

}  // namespace harmonic::nn
