// mood/network.h - a network of one hidden layer, small enough to be learned in seconds.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::mood {

/// What a unit of the hidden layer makes of its sum.
enum class Unit { kTanh, kCosine };

/// y = W2 unit(W1 x + b1) + b2. Both matrices are kept by the row of what they take in, so that a
/// layer is a sum of scaled rows.
struct Network {
  std::size_t inputs = 0;
  std::size_t hidden = 0;
  std::size_t outputs = 0;
  std::vector<float> first;        ///< [inputs x hidden]
  std::vector<float> first_bias;   ///< [hidden]
  std::vector<float> second;       ///< [hidden x outputs]
  std::vector<float> second_bias;  ///< [outputs]
  Unit unit = Unit::kTanh;
};

/// What the hidden layer makes of `x` [inputs]; [hidden].
[[nodiscard]] std::vector<float> middle_of(const Network& network, std::span<const float> x);

/// What `network` says of `x` [inputs]; [outputs].
[[nodiscard]] std::vector<float> answer(const Network& network, std::span<const float> x);

}  // namespace harmonic::mood
