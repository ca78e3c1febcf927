#include "mood/network.h"

#include <cassert>
#include <cmath>

#include "mood/layer.h"

namespace harmonic::mood {

std::vector<float> middle_of(const Network& network, std::span<const float> x) {
  assert(x.size() == network.inputs);
  std::vector<float> middle(network.hidden);
  apply_layer(x, network.first, network.first_bias, middle);
  for (float& m : middle) m = network.unit == Unit::kTanh ? std::tanh(m) : std::cos(m);
  return middle;
}

std::vector<float> answer(const Network& network, std::span<const float> x) {
  const auto middle = middle_of(network, x);
  std::vector<float> y(network.outputs);
  apply_layer(middle, network.second, network.second_bias, y);
  return y;
}

}  // namespace harmonic::mood
