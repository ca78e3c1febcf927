#include <algorithm>

#include "nn/plan.h"

namespace harmonic::nn {

namespace {

bool reads(const Step& step, std::size_t value) {
  return step.source == value || step.other == value;
}

bool is_conv(StepKind kind) { return kind == StepKind::kConv || kind == StepKind::kDepthwise; }

class Fuser {
 public:
  explicit Fuser(Plan& plan) : plan_{plan} {}

  void relus() {
    for (std::size_t i = 0; i < plan_.steps.size();) {
      const Step& relu = plan_.steps[i];
      const auto before = step_that_gives(relu.source);
      if (relu.kind == StepKind::kRelu && before && read_once(relu.source) && takes_relu(*before)) {
        plan_.steps[*before].relu = true;
        replace(*before, i);
      } else {
        ++i;
      }
    }
  }

  void sums() {
    for (std::size_t i = 0; i < plan_.steps.size();) {
      const Step& sum = plan_.steps[i];
      const auto conv = sum.kind == StepKind::kAdd ? conv_for(sum) : std::nullopt;
      if (conv) {
        Step& taking = plan_.steps[*conv];
        taking.other = taking.target == sum.source ? *sum.other : sum.source;
        taking.relu = sum.relu;
        replace(*conv, i);
      } else {
        ++i;
      }
    }
  }

 private:
  std::optional<std::size_t> step_that_gives(std::size_t value) const {
    const auto found = std::ranges::find(plan_.steps, value, &Step::target);
    if (found == plan_.steps.end()) return std::nullopt;
    return static_cast<std::size_t>(found - plan_.steps.begin());
  }

  bool read_once(std::size_t value) const {
    const auto readers = std::ranges::count_if(
        plan_.steps, [value](const Step& step) { return reads(step, value); });
    return readers == 1 && std::ranges::none_of(plan_.outputs, [value](const auto& output) {
             return output.second == value;
           });
  }

  bool takes_relu(std::size_t step) const {
    const auto kind = plan_.steps[step].kind;
    return !plan_.steps[step].relu &&
           (is_conv(kind) || kind == StepKind::kAdd || kind == StepKind::kLinear);
  }

  // The later of the two steps that a sum adds up, where that is a convolution which can: by then
  // the other one is known.
  std::optional<std::size_t> conv_for(const Step& sum) const {
    if (sum.source == *sum.other) return std::nullopt;
    const auto later = std::max(step_that_gives(sum.source), step_that_gives(*sum.other));
    if (!later) return std::nullopt;
    const Step& conv = plan_.steps[*later];
    const bool can = is_conv(conv.kind) && !conv.relu && !conv.other;
    return can && read_once(conv.target) ? later : std::nullopt;
  }

  // Step `kept` gives from now on what step `gone` gave.
  void replace(std::size_t kept, std::size_t gone) {
    plan_.steps[kept].target = plan_.steps[gone].target;
    plan_.steps.erase(plan_.steps.begin() + static_cast<std::ptrdiff_t>(gone));
  }

  Plan& plan_;
};

// Last to first, so that what only a dropped step read is dropped as well.
void drop_unread(Plan& plan) {
  for (std::size_t i = plan.steps.size(); i-- > 0;) {
    const auto target = plan.steps[i].target;
    const bool shown = std::ranges::any_of(
        plan.outputs, [target](const auto& output) { return output.second == target; });
    const bool read =
        std::ranges::any_of(plan.steps, [target](const Step& step) { return reads(step, target); });
    if (!shown && !read) plan.steps.erase(plan.steps.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

}  // namespace

Plan fused(Plan plan) {
  drop_unread(plan);
  Fuser fuser{plan};
  fuser.relus();
  fuser.sums();
  return plan;
}

}  // namespace harmonic::nn
