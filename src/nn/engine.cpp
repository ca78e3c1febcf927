#include "nn/engine.h"

#include <algorithm>
#include <cmath>

namespace harmonic::nn {

Result<void> check_filled(const Tensor& tensor) {
  std::size_t wanted = 1;
  for (const int side : tensor.shape) wanted *= static_cast<std::size_t>(std::max(side, 0));
  if (!tensor.shape.empty() && wanted > 0 && wanted == tensor.values.size()) return {};
  return fail(ErrorKind::kInvalidInput, "the network's input does not fill its shape");
}

Result<void> check_finite(const Tensor& tensor, const std::string& name) {
  if (std::ranges::all_of(tensor.values, [](float x) { return std::isfinite(x); })) return {};
  return fail(ErrorKind::kCorrupt, "output " + name + " of the network is not finite");
}

}  // namespace harmonic::nn
