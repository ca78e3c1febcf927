// Module nn: runs a neural network from a weight file whose digest is known.
//
// Uses     base (oneDNN and OpenCV's dnn inside .cpp files).  Used by face and affect.
// Engines  networks of plain layers (plan.h) run by oneDNN, all others by OpenCV; the numbers that
//          come out differ by rounding only.
// Threads  a Network may be run from any number of threads at once: each call takes idle memory of
//          the engine, and makes more when all is in use. So as many copies live as calls ran at
//          the same time: of the activations with oneDNN, of the weights as well with OpenCV.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nn/tensor.h"

namespace harmonic::nn {

class Engine;  // the libraries' types stay in their .cpp files

class Network {
 public:
  /// Reads ONNX weights and compares their SHA-256 with `sha256` (64 hexadecimal digits) before a
  /// byte of them is interpreted.
  /// Errors  kNotFound: no such file.  kCorrupt: another digest, or not a network.
  [[nodiscard]] static Result<Network> load(const std::filesystem::path& file,
                                            std::string_view sha256);

  /// The same from bytes whose origin the caller vouches for.
  [[nodiscard]] static Result<Network> from_onnx(std::string bytes);

  /// One pass. The single input takes `input`; the outputs named come back in that order.
  /// Errors  kInvalidInput: a shape that the network cannot take, or numbers that do not fill it.
  ///         kCorrupt: no output of that name, or an output that is not finite.
  [[nodiscard]] Result<std::vector<Tensor>> run(const Tensor& input,
                                                std::span<const std::string> outputs) const;

 private:
  explicit Network(std::shared_ptr<const Engine> engine) : engine_{std::move(engine)} {}
  std::shared_ptr<const Engine> engine_;
};

}  // namespace harmonic::nn
