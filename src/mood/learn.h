// mood/learn.h - examples -> a network.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "mood/network.h"

namespace harmonic::mood {

/// A target that nobody has given.
inline constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

/// Row-major, finite; targets may be kUnknown and then teach nothing.
struct Examples {
  std::size_t inputs = 0;
  std::size_t outputs = 0;
  std::vector<float> x;  ///< [n x inputs]
  std::vector<float> y;  ///< [n x outputs]

  [[nodiscard]] std::size_t size() const { return inputs == 0 ? 0 : x.size() / inputs; }
};

struct Plan {
  std::size_t hidden = 32;
  int epochs = 60;
  std::size_t batch = 32;
  float rate = 3e-3F;    ///< highest; falls to 0 as a cosine
  float decay = 0.1F;    ///< pull of the weights towards zero, times the rate
  float dropped = 0.3F;  ///< share of the inputs and of the hidden units that a step does not see
  std::uint64_t seed = 1;
};

/// Adam with decoupled decay on the mean square error of the known targets; the same examples and
/// plan give the same network.
/// Source  Kingma and Ba, "Adam", ICLR 2015; Loshchilov and Hutter, "Decoupled weight decay
///         regularization", ICLR 2019; Srivastava et al., "Dropout", JMLR 15 (2014)
[[nodiscard]] Network learn(const Examples& examples, const Plan& plan);

}  // namespace harmonic::mood
