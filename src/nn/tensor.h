// nn/tensor.h - what goes into a network and comes out of it.
#pragma once

#include <vector>

namespace harmonic::nn {

/// Row-major numbers with their shape; `values.size()` is the product of `shape`.
struct Tensor {
  std::vector<int> shape;
  std::vector<float> values;
};

}  // namespace harmonic::nn
