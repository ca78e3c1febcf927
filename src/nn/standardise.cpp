#include "nn/standardise.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace harmonic::nn {

Tensor standardised(std::span<const std::uint8_t> grey, int width, int height, float epsilon) {
  const auto count = static_cast<double>(grey.size());
  assert(count == static_cast<double>(width) * height);
  double sum = 0, squares = 0;
  for (const std::uint8_t pixel : grey) {
    sum += pixel;
    squares += double{1} * pixel * pixel;
  }
  const double mean = sum / count;
  const double deviation = std::sqrt(std::max(0.0, squares / count - mean * mean));
  const double divisor = std::max(deviation, static_cast<double>(epsilon));
  Tensor tensor{{1, 1, height, width}, std::vector<float>(grey.size())};
  std::transform(grey.begin(), grey.end(), tensor.values.begin(),
                 [=](std::uint8_t pixel) { return static_cast<float>((pixel - mean) / divisor); });
  return tensor;
}

}  // namespace harmonic::nn
