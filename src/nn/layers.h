// nn/layers.h - what the attributes of ONNX's plain layers mean.
//
// Each of these gives nothing where the layer asks for what plain networks do not have (groups,
// dilation, automatic padding, ...), and kCorrupt where it contradicts itself.
// Source  https://github.com/onnx/onnx/blob/v1.12.0/docs/Operators.md
#pragma once

#include <optional>

#include "nn/plan.h"

namespace harmonic::nn {

[[nodiscard]] std::int64_t integer_of(const Node& node, std::string_view name,
                                      std::int64_t otherwise);
[[nodiscard]] float number_of(const Node& node, std::string_view name, float otherwise);
/// Empty where the attribute is not stated.
[[nodiscard]] std::vector<std::int64_t> integers_of(const Node& node, std::string_view name);

/// `kernel` is known from the weights for a convolution; a pooling layer states it.
[[nodiscard]] Result<std::optional<Window>> window_of(const Node& node,
                                                      std::optional<Shape> kernel);

/// The shape that `window` makes of [n, c, h, w], with `channels` for c.
[[nodiscard]] Result<Shape> slid_over(const Shape& source, const Window& window,
                                      std::int64_t channels);

/// Reshape's target with its 0 (as the source) and -1 (what is left) filled in.
[[nodiscard]] Result<Shape> reshaped(const Shape& source, const std::vector<std::int64_t>& target);

}  // namespace harmonic::nn
