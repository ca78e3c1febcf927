// train/onnx_writer.h - the network as an ONNX file, which libtorch cannot write from C++.
#pragma once

#include <string>
#include <string_view>

#include "train/plan.h"

namespace harmonic::train {

inline constexpr std::string_view kInputName = "face";
inline constexpr std::string_view kFer2013Output = "fer2013";
inline constexpr std::string_view kFerPlusOutput = "ferplus";

/// ONNX bytes, opset 11: kInputName f32 [1, 1, 48, 48] to logits kFer2013Output f32 [1, 7] and
/// kFerPlusOutput f32 [1, 8]. Equal networks give equal bytes.
[[nodiscard]] std::string to_onnx(const FoldedNet& net);

}  // namespace harmonic::train
