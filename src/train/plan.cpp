#include "train/plan.h"

#include <algorithm>
#include <utility>

#include "train/targets.h"

namespace harmonic::train {
namespace {

using enum LayerKind;

constexpr std::array<std::string_view, 5> kNegative{"angry", "disgusted", "afraid", "sad",
                                                    "contemptuous"};

LayerPlan block(int channels, int stride) { return {kBlock, channels, stride}; }
LayerPlan xception(int channels) { return {kXception, channels, 2}; }
LayerPlan pool() { return {kMaxPool, 0, kPoolStride, kPoolKernel}; }

// A stem at full resolution costs the student a hundredth of its work and keeps the lines of the
// mouth and brows, which are one pixel wide.
NetPlan student() {
  return {{{kConv, 32}, block(64, 2), block(128, 2), block(184, 2), block(184, 1)}};
}

NetPlan teacher() {
  return {{{kConv, 48},
           block(96, 2),
           block(96, 1),
           block(192, 2),
           block(192, 1),
           block(320, 2),
           block(320, 1)}};
}

// Two pools are what 57 million numbers leave room for: the third picture is 12 x 12 of 128.
NetPlan five_layer() {
  constexpr int kKernel = 5;
  return {{{kConv, 64, 1, kKernel},
           pool(),
           {kConv, 64, 1, kKernel},
           pool(),
           {kConv, 128, 1, kKernel},
           {kLinear, 3072}}};
}

NetPlan two_level() { return {{{kConv, 24}, block(32, 2), block(64, 2), block(128, 2)}, true}; }

// The last convolution makes one picture for each label of both heads.
NetPlan mini_xception() {
  return {{{kConv, 8},
           {kConv, 8},
           xception(16),
           xception(32),
           xception(64),
           xception(128),
           {kConv, static_cast<int>(kLogitCount), 1, 3, false}}};
}

/// The sides of what each step gives; 1 once there is no picture any more.
std::vector<int> sides_of(const FoldedNet& net) {
  std::vector<int> sides;
  for (const auto& step : net.steps) {
    const int from = step.inputs.empty() ? kInputSide : sides[step.inputs.front()];
    switch (step.operation) {
      case Operation::kMean:
      case Operation::kFlatten: sides.push_back(1); break;
      case Operation::kMaxPool: sides.push_back((from + kPoolStride - 1) / kPoolStride); break;
      default: sides.push_back((from + step.stride - 1) / step.stride);
    }
  }
  return sides;
}

}  // namespace

std::optional<NetPlan> plan_named(std::string_view recipe) {
  constexpr std::array kPlans{student, teacher, five_layer, two_level, mini_xception};
  static_assert(kPlans.size() == kRecipeNames.size());
  const auto* found = std::ranges::find(kRecipeNames, recipe);
  if (found == kRecipeNames.end()) return std::nullopt;
  return kPlans.at(static_cast<std::size_t>(found - kRecipeNames.begin()))();
}

Levels levels_of(std::span<const std::string_view> labels) {
  const auto is_negative = [](std::string_view label) {
    return std::ranges::find(kNegative, label) != kNegative.end();
  };
  Levels levels;
  levels.negatives = static_cast<int>(std::ranges::count_if(labels, is_negative));
  levels.groups = static_cast<int>(labels.size()) - levels.negatives + 1;
  int other = 0;
  int negative = levels.groups;
  for (const auto label : labels) {
    std::vector<float> row(static_cast<std::size_t>(levels.all()));
    const auto take = [&row](int column) { row.at(static_cast<std::size_t>(column)) = 1; };
    if (is_negative(label)) {
      take(levels.groups - 1);
      take(negative++);
    } else {
      take(other++);
    }
    levels.sums.insert(levels.sums.end(), row.begin(), row.end());
  }
  return levels;
}

std::size_t FoldedNet::add(FoldedStep step) {
  steps.push_back(std::move(step));
  return steps.size() - 1;
}

std::size_t FoldedNet::add(Operation operation, std::vector<std::size_t> inputs) {
  FoldedStep step;
  step.operation = operation;
  step.inputs = std::move(inputs);
  return add(std::move(step));
}

std::size_t parameters_of(const FoldedNet& net) {
  std::size_t count = 0;
  for (const auto& step : net.steps) count += step.weight.size() + step.bias.size();
  return count;
}

std::size_t macs_of(const FoldedNet& net) {
  const auto sides = sides_of(net);
  std::size_t macs = 0;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    macs += net.steps[i].weight.size() * static_cast<std::size_t>(sides[i] * sides[i]);
  }
  return macs;
}

}  // namespace harmonic::train
