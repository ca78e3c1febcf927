// nn/reference_for_tests.h - a plan computed by the textbook, in double, for comparison.
#pragma once

#include <algorithm>
#include <cassert>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "nn/plan.h"

namespace harmonic::nn {

class Reference {
 public:
  using Numbers = std::vector<double>;

  /// What each output of the plan is for this input.
  static std::map<std::string, Numbers> run(const Plan& plan, const std::vector<float>& input) {
    Reference reference{plan};
    reference.values_[plan.input] = {input.begin(), input.end()};
    for (const auto& step : plan.steps) reference.take(step);
    std::map<std::string, Numbers> outputs;
    for (const auto& [name, value] : plan.outputs) outputs[name] = reference.values_[value];
    return outputs;
  }

 private:
  explicit Reference(const Plan& plan) : plan_{plan}, values_(plan.shapes.size()) {}

  void take(const Step& step) {
    const auto& source = values_[step.source];
    auto result = source;
    switch (step.kind) {
      case StepKind::kConv:
      case StepKind::kDepthwise:
      case StepKind::kMaxPool:
      case StepKind::kAveragePool: result = slide(step); break;
      case StepKind::kLinear: result = linear(step); break;
      case StepKind::kTranspose: result = transposed(step); break;
      case StepKind::kRelu: cut(result); break;
      case StepKind::kAdd:
      case StepKind::kReshape: break;
    }
    if (step.other) {
      std::transform(result.begin(), result.end(), values_[*step.other].begin(), result.begin(),
                     std::plus{});
    }
    if (step.relu) cut(result);
    values_[step.target] = std::move(result);
  }

  static void cut(Numbers& numbers) {
    for (auto& number : numbers) number = std::max(number, 0.0);
  }

  Numbers linear(const Step& step) const {
    const auto outs = step.bias.size();
    const auto ins = step.weight.size() / outs;
    const auto& source = values_[step.source];
    Numbers result(source.size() / ins * outs);
    for (std::size_t i = 0; i < result.size(); ++i) {
      result[i] = step.bias[i % outs];
      for (std::size_t k = 0; k < ins; ++k) {
        result[i] += double{step.weight[i % outs * ins + k]} * source[i / outs * ins + k];
      }
    }
    return result;
  }

  Numbers slide(const Step& step) const {
    const auto& to = plan_.shapes[step.target];
    Numbers result;
    for (std::int64_t n = 0; n < to[0]; ++n) {
      for (std::int64_t c = 0; c < to[1]; ++c) {
        for (std::int64_t y = 0; y < to[2]; ++y) {
          for (std::int64_t x = 0; x < to[3]; ++x) result.push_back(one(step, {n, c, y, x}));
        }
      }
    }
    return result;
  }

  // Each number of the source is sent to its place.
  Numbers transposed(const Step& step) const {
    const auto& from = plan_.shapes[step.source];
    const auto& to = plan_.shapes[step.target];
    Numbers result(values_[step.source].size());
    for (std::size_t i = 0; i < result.size(); ++i) {
      Shape at(from.size());
      auto rest = static_cast<std::int64_t>(i);
      for (std::size_t side = from.size(); side-- > 0; rest /= from[side]) {
        at[side] = rest % from[side];
      }
      std::int64_t place = 0;
      for (std::size_t side = 0; side < to.size(); ++side) {
        place = place * to[side] + at[step.axes[side]];
      }
      result[static_cast<std::size_t>(place)] = values_[step.source][i];
    }
    return result;
  }

  double one(const Step& step, const std::array<std::int64_t, 4>& at) const {
    const auto& from = plan_.shapes[step.source];
    const auto& [kernel, stride, before, after, counts] = step.window;
    const bool conv = step.kind == StepKind::kConv;
    const bool weighs = conv || step.kind == StepKind::kDepthwise;
    double sum = weighs ? double{step.bias[static_cast<std::size_t>(at[1])]} : 0;
    double top = -std::numeric_limits<double>::infinity();
    double seen = 0;
    for (std::int64_t c = conv ? 0 : at[1]; c < (conv ? from[1] : at[1] + 1); ++c) {
      for (std::int64_t i = 0; i < kernel[0]; ++i) {
        for (std::int64_t j = 0; j < kernel[1]; ++j) {
          const auto y = at[2] * stride[0] + i - before[0];
          const auto x = at[3] * stride[1] + j - before[1];
          if (y < 0 || x < 0 || y >= from[2] || x >= from[3]) continue;
          const auto number = values_[step.source][static_cast<std::size_t>(
              ((at[0] * from[1] + c) * from[2] + y) * from[3] + x)];
          const auto map = conv ? at[1] * from[1] + c : c;
          const auto weight = static_cast<std::size_t>((map * kernel[0] + i) * kernel[1] + j);
          sum += weighs ? step.weight[weight] * number : number;
          top = std::max(top, number);
          ++seen;
        }
      }
    }
    if (weighs) return sum;
    if (step.kind == StepKind::kMaxPool) return top;
    return sum / (counts ? static_cast<double>(kernel[0] * kernel[1]) : seen);
  }

  const Plan& plan_;
  std::vector<Numbers> values_;
};

}  // namespace harmonic::nn
