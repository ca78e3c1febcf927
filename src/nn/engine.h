// nn/engine.h - the two libraries that can compute a network; nn::Network chooses.
//
// Both may be run from any number of threads at once, and compute on the calling thread's core
// as far as the library lets itself be told (OpenCV's pool of threads is the program's own matter).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "nn/plan.h"
#include "nn/tensor.h"

namespace harmonic::nn {

class Engine {
 public:
  virtual ~Engine() = default;
  /// As Network::run.
  [[nodiscard]] virtual Result<std::vector<Tensor>> run(
      const Tensor& input, std::span<const std::string> outputs) const = 0;
};

/// oneDNN, for plain networks: reorders the weights once for this machine's vector unit.
/// Errors  kUnavailable: the library has no code for one of the steps on this machine.
[[nodiscard]] Result<std::shared_ptr<const Engine>> onednn_engine(const Plan& plan);

/// OpenCV's dnn, for whatever else ONNX describes.
/// Errors  kCorrupt: the bytes are no network, or one with layers that OpenCV does not know.
[[nodiscard]] Result<std::shared_ptr<const Engine>> opencv_engine(std::string onnx);

/// kInvalidInput unless the numbers fill their shape and there are some.
[[nodiscard]] Result<void> check_filled(const Tensor& tensor);

/// kCorrupt when a number of output `name` is not finite.
[[nodiscard]] Result<void> check_finite(const Tensor& tensor, const std::string& name);

}  // namespace harmonic::nn
