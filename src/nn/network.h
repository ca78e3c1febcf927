// Module nn: runs a neural network from a weight file whose digest is known.
//
// Uses     base (OpenCV's dnn inside the .cpp file).  Used by face and affect.
// Threads  a Network may be run from any number of threads at once: each call takes an idle copy of
//          the library's net, and makes one more when all are busy. So as many copies live as calls
//          ran at the same time; the weights here are 0.4 to 5 MB.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace harmonic::nn {

/// Row-major numbers with their shape; `values.size()` is the product of `shape`.
struct Tensor {
  std::vector<int> shape;
  std::vector<float> values;
};

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
  class Pool;  // the library's types stay in network.cpp
  explicit Network(std::shared_ptr<Pool> pool) : pool_{std::move(pool)} {}
  std::shared_ptr<Pool> pool_;
};

}  // namespace harmonic::nn
