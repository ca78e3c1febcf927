// nn/plan.h - what a network of plain layers computes, step by step, with every size known.
//
// Between the file and the library that computes: no bytes are read here and nothing is computed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "nn/graph.h"

namespace harmonic::nn {

/// Values and sums of values above this are refused: no picture of ours comes near it.
constexpr std::int64_t kMostElements = std::int64_t{1} << 26;
/// The same for multiply-accumulates of one pass, an hour of a slow core.
constexpr std::int64_t kMostMacs = std::int64_t{1} << 44;

enum class StepKind : std::uint8_t {
  kConv,         ///< [n, c, h, w]; `weight` [out, in, rows, columns], `bias` [out].
  kDepthwise,    ///< The same with `weight` [c, 1, rows, columns]: a window for each channel.
  kRelu,         ///< Any shape.
  kAdd,          ///< `source` + `other`, of one shape.
  kMaxPool,      ///< [n, c, h, w].
  kAveragePool,  ///< [n, c, h, w].
  kReshape,      ///< The same numbers, row-major, in another shape.
  kTranspose,    ///< The sides in the order `axes`: target side i is the source's side axes[i].
  kLinear        ///< [n, in]; `weight` [out, in], `bias` [out].
};

/// What slides over a picture, rows before columns.
struct Window {
  std::array<std::int64_t, 2> kernel{1, 1};
  std::array<std::int64_t, 2> stride{1, 1};
  std::array<std::int64_t, 2> before{0, 0};  ///< Padding above and to the left.
  std::array<std::int64_t, 2> after{0, 0};   ///< Padding below and to the right.
  bool counts_padding = false;               ///< An average divides by the whole window's size.
};

/// `source`, `other` and `target` count values of the plan. A convolution with `other` adds that
/// to its result; `relu` comes after it, last of all.
struct Step {
  StepKind kind = StepKind::kRelu;
  std::size_t source = 0;
  std::optional<std::size_t> other;
  std::size_t target = 0;
  Window window;
  std::vector<std::size_t> axes;
  Shape weight_shape;
  std::vector<float> weight;
  std::vector<float> bias;
  bool relu = false;
};

struct Plan {
  std::vector<Shape> shapes;  ///< Of each value: the network's input, and what each step gives.
  std::vector<Step> steps;    ///< In an order in which they can be taken.
  std::size_t input = 0;
  std::map<std::string, std::size_t, std::less<>> outputs;
};

/// Nothing when the graph has a layer, or a kind of a layer, that is not plain.
/// Errors  kCorrupt: a layer's input comes from nowhere (or in a circle), sizes do not fit together
///         or pass the limits above, or a weight is not finite.
[[nodiscard]] Result<std::optional<Plan>> plan_of(const Graph& graph);

/// The same network in fewer steps: convolutions, sums and linear layers take in the ReLU that
/// follows, and a convolution the sum that follows. No value is computed that nothing reads.
[[nodiscard]] Plan fused(Plan plan);

/// The product of the sides, each at least 1; nothing above kMostElements.
[[nodiscard]] std::optional<std::int64_t> elements_of(const Shape& shape);

/// Multiply-accumulates of one pass, convolutions and linear layers, at the shape of the input.
[[nodiscard]] std::int64_t macs_of(const Plan& plan);

}  // namespace harmonic::nn
