// recommend/standardise.h - raw features of many songs -> unit vectors in one space.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::recommend {

/// Unit vectors of the rows that have features, zeros for the others.
struct Standardised {
  std::size_t dimensions = 0;  ///< the features that vary
  std::vector<float> rows;     ///< f32 [rows, dimensions] row-major, each of length 1 or 0
};

/// Each feature minus its mean over its deviation, clipped at +-`farthest`, then each row divided
/// by its length. An empty span is a row without features; the others must have the same length. A
/// value that is not finite becomes 0, the mean; a feature that does not vary is left out.
[[nodiscard]] Standardised standardise(std::span<const std::span<const float>> rows,
                                       float farthest);

}  // namespace harmonic::recommend
