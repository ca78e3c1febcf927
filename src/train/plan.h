// train/plan.h - the shape of the network in plain values: one table builds it, another exports it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace harmonic::train {

/// One residual block: conv 3x3 (stride) - conv 3x3, added to its input or, where the shape
/// changes, to a 1x1 convolution of it (He et al. 2016). Every convolution has a batch norm.
struct BlockPlan {
  int channels;
  int stride;
};

inline constexpr int kInputSide = 48;

/// stem: conv 3x3 from the grey picture.
struct NetPlan {
  int stem_channels = 0;
  int stem_stride = 1;
  std::vector<BlockPlan> blocks;

  [[nodiscard]] int features() const { return blocks.back().channels; }
};

/// The recipes of `harmonic-train faces`: "student" ships (at most 1.5 million numbers), "teacher"
/// is five times its work. Nothing for another name.
inline constexpr std::array<std::string_view, 2> kRecipeNames{"student", "teacher"};
[[nodiscard]] std::optional<NetPlan> plan_named(std::string_view recipe);

/// A convolution with its batch norm folded in. weight: f32 [out, in, kernel, kernel].
struct FoldedConv {
  int in = 0;
  int out = 0;
  int kernel = 0;
  int stride = 1;
  std::vector<float> weight;
  std::vector<float> bias;
};

struct FoldedBlock {
  FoldedConv first;
  FoldedConv second;
  std::optional<FoldedConv> shortcut;
};

/// The network as it is shipped: f32 [1, 1, 48, 48] -> stem -> blocks -> mean over the picture ->
/// one linear layer per head. head weight: f32 [labels, channels].
struct FoldedNet {
  FoldedConv stem;
  std::vector<FoldedBlock> blocks;
  int features = 0;
  std::vector<float> fer2013_weight, fer2013_bias;
  std::vector<float> ferplus_weight, ferplus_bias;
};

/// Numbers that are stored, and multiply-accumulates of one face.
[[nodiscard]] std::size_t parameters_of(const FoldedNet& net);
[[nodiscard]] std::size_t macs_of(const FoldedNet& net);

}  // namespace harmonic::train
