// mood/waves.h - examples -> a network of random waves.
#pragma once

#include <cstddef>
#include <cstdint>

#include "mood/learn.h"

namespace harmonic::mood {

struct WavePlan {
  std::size_t hidden = 128;
  float width = 5e-3F;  ///< two songs at distance d are exp(-width d^2) alike
  float ridge = 5e-2F;  ///< pull of the weights towards zero, against that likeness
  std::uint64_t seed = 1;
};

/// A network whose first layer is drawn and stays as it is, so that the second one has a best
/// solution: kernel ridge regression with a Gaussian kernel, without its rows. It answers the mean
/// where nothing alike was heard. The same examples and plan give the same network.
///
/// Source  Rahimi and Recht, "Random features for large-scale kernel machines", NIPS 2007
[[nodiscard]] Network learn_waves(const Examples& examples, const WavePlan& plan);

}  // namespace harmonic::mood
