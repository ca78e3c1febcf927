// train/plan.h - the shape of the network in plain values: one table builds it, another exports it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace harmonic::train {

/// Convolutions keep the picture's size, divided by their stride; all but depthwise have a norm.
enum class LayerKind : std::uint8_t {
  kConv,   ///< `kernel` x `kernel`, then ReLU if `relu`.
  kBlock,  ///< Conv 3x3 (stride) - conv 3x3, added to its input or, where the shape changes, to a
           ///< 1x1 convolution of it (He et al. 2016).
  kXception,  ///< Two depthwise separable convolutions 3x3 and a max pool, added to a 1x1
              ///< convolution of stride 2 (Chollet 2017; no ReLU after the sum).
  kMaxPool,   ///< The greatest of 3x3 at every second pixel.
  kLinear     ///< All numbers of the picture to `channels` of them, then ReLU.
};

struct LayerPlan {
  LayerKind kind = LayerKind::kConv;
  int channels = 0;
  int stride = 1;
  int kernel = 3;
  bool relu = true;
};

inline constexpr int kInputSide = 48;
/// Of every max pool.
inline constexpr int kPoolKernel = 3;
inline constexpr int kPoolStride = 2;

/// The layers from the grey picture on; what is a picture still is averaged, then two heads read.
struct NetPlan {
  std::vector<LayerPlan> layers;
  /// Each head says P(group) P(emotion | group), see levels_of(), instead of P(emotion) at once.
  bool two_levels = false;
};

/// The recipes of `harmonic-train faces`: "student" ships (at most 1.5 million numbers), "teacher"
/// is five times its work, the others are networks of the literature (docs/decisions/0080). Nothing
/// for another name.
inline constexpr std::array<std::string_view, 5> kRecipeNames{"student", "teacher", "five-layer",
                                                              "two-level", "mini-xception"};
[[nodiscard]] std::optional<NetPlan> plan_named(std::string_view recipe);

/// Two levels of labels: first the group (each of the others by itself, or negative), then which of
/// the negative ones.
struct Levels {
  int groups = 0;
  int negatives = 0;
  /// Which levels' logarithms make up that of a label: f32 [labels, groups + negatives], 0 or 1.
  std::vector<float> sums;

  [[nodiscard]] int all() const { return groups + negatives; }
};
/// Negative are anger, disgust, fear, sadness and contempt. `labels` are affect's names.
[[nodiscard]] Levels levels_of(std::span<const std::string_view> labels);

enum class Operation : std::uint8_t {
  kConv,
  kRelu,
  kAdd,
  kMaxPool,     ///< kPoolKernel, kPoolStride, padded by one.
  kMean,        ///< Over the picture.
  kFlatten,     ///< One row of numbers, channel by channel.
  kLinear,      ///< weight f32 [out, in]
  kLogSoftmax,  ///< Over a row.
  kConcat       ///< Rows to one row.
};

/// One operation of the network as it is shipped; batch norms are folded into the convolutions.
struct FoldedStep {
  Operation operation = Operation::kRelu;
  std::vector<std::size_t> inputs;  ///< Earlier steps; none stands for the face.
  int in = 0;
  int out = 0;
  int kernel = 1;
  int stride = 1;
  int groups = 1;
  std::vector<float> weight;  ///< Of a convolution: f32 [out, in / groups, kernel, kernel].
  std::vector<float> bias;    ///< f32 [out], or empty.
};

/// The network as it is shipped: f32 [1, 1, 48, 48] to one linear step per head, the last of each.
struct FoldedNet {
  std::vector<FoldedStep> steps;
  std::size_t fer2013 = 0;
  std::size_t ferplus = 0;

  /// The new step's place.
  std::size_t add(FoldedStep step);
  std::size_t add(Operation operation, std::vector<std::size_t> inputs);
};

/// Numbers that are stored, and multiply-accumulates of one face.
[[nodiscard]] std::size_t parameters_of(const FoldedNet& net);
[[nodiscard]] std::size_t macs_of(const FoldedNet& net);

}  // namespace harmonic::train
