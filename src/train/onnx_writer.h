// train/onnx_writer.h - the network as an ONNX file, which libtorch cannot write from C++.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "train/plan.h"

namespace harmonic::train {

inline constexpr std::string_view kInputName = "face";
inline constexpr std::string_view kFer2013Output = "fer2013";
inline constexpr std::string_view kFerPlusOutput = "ferplus";

/// A step whose result the graph gives.
struct Output {
  std::string_view name;
  std::size_t step = 0;
};

/// ONNX bytes, opset 11: kInputName f32 [1, 1, 48, 48] to the outputs, each f32 [1, out of its
/// step]. Equal steps give equal bytes.
[[nodiscard]] std::string to_onnx(std::string_view name, std::span<const FoldedStep> steps,
                                  std::span<const Output> outputs);

/// The same of an expression network: logits kFer2013Output f32 [1, 7] and kFerPlusOutput f32 [1,
/// 8].
[[nodiscard]] std::string to_onnx(const FoldedNet& net);

}  // namespace harmonic::train
