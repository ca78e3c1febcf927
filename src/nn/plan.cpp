#include "nn/plan.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "nn/layers.h"

namespace harmonic::nn {

namespace {

constexpr std::size_t kMostSides = 6;
constexpr std::size_t kMostLayers = 4096;  // fusing looks at pairs of them
constexpr std::size_t kMostInputs = 4;     // no plain layer has more than three

// Whether a layer was understood; if not, another engine has to take the whole graph.
using Understood = Result<bool>;

tl::unexpected<Error> bad(const Node& node, const std::string& what) {
  const auto name = node.outputs.empty() ? std::string{} : " " + node.outputs.front();
  return fail(ErrorKind::kCorrupt, "layer " + node.operation + name + " of the network " + what);
}

Step step_of(StepKind kind, std::size_t source, const Window& window = {}) {
  Step step;
  step.kind = kind;
  step.source = source;
  step.window = window;
  return step;
}

// Each number that a step gives takes one row of its weights.
std::int64_t macs_of(const Step& step, const Shape& result) {
  if (step.weight.empty()) return 0;
  return elements_of(result).value_or(0) * (std::ssize(step.weight) / step.weight_shape.at(0));
}

class Planner {
 public:
  explicit Planner(const Graph& graph) : graph_{graph} {}

  Understood read() {
    if (graph_.nodes.size() > kMostLayers || !std::ranges::all_of(graph_.nodes, is_plain)) {
      return false;
    }
    HARMONIC_TRY(const bool fixed, take_input());
    if (!fixed) return false;
    for (const auto& node : graph_.nodes) {
      HARMONIC_TRY(const bool understood, take(node));
      if (!understood) return false;
    }
    HARMONIC_CHECK(take_outputs());
    return true;
  }

  Plan plan() && { return std::move(plan_); }

 private:
  using Layer = Understood (Planner::*)(const Node&);

  static const std::map<std::string_view, Layer>& layers() {
    static const std::map<std::string_view, Layer> table{
        {"Conv", &Planner::conv},       {"Relu", &Planner::relu},
        {"Add", &Planner::add},         {"GlobalAveragePool", &Planner::whole_mean},
        {"MaxPool", &Planner::pool},    {"AveragePool", &Planner::pool},
        {"Flatten", &Planner::flatten}, {"ReduceMean", &Planner::mean},
        {"Gemm", &Planner::gemm},       {"Reshape", &Planner::reshape},
        {"MatMul", &Planner::product},  {"Transpose", &Planner::transpose},
        {"Concat", &Planner::widen},    {"ConstantOfShape", &Planner::zeros}};
    return table;
  }

  static bool is_plain(const Node& node) {
    return (node.domain.empty() || node.domain == "ai.onnx") && layers().contains(node.operation) &&
           node.outputs.size() == 1 && !node.inputs.empty() && node.inputs.size() <= kMostInputs;
  }

  Understood take_input() {
    if (graph_.inputs.size() != 1) return false;
    const auto& end = graph_.inputs.front();
    if (std::ranges::find(end.shape, 0) != end.shape.end() || end.shape.empty()) return false;
    HARMONIC_TRY(plan_.input, new_value(end.name, end.shape));
    return true;
  }

  // In ONNX each value is computed before it is read, so one that is not there is missing or part
  // of a circle.
  Understood take(const Node& node) {
    for (const auto& input : node.inputs) {
      if (!input.empty() && !values_.contains(input) && !graph_.constants.contains(input) &&
          !zeros_.contains(input)) {
        return bad(node, "reads '" + input + "', which nothing before it computes");
      }
    }
    return (this->*layers().at(node.operation))(node);
  }

  Result<void> take_outputs() {
    for (const auto& end : graph_.outputs) {
      const auto found = values_.find(end.name);
      if (found == values_.end()) {
        return fail(ErrorKind::kCorrupt, "nothing in the network computes its output " + end.name);
      }
      plan_.outputs.insert({end.name, found->second});
    }
    if (!plan_.outputs.empty()) return {};
    return fail(ErrorKind::kCorrupt, "the network has no output");
  }

  Result<std::size_t> new_value(const std::string& name, const Shape& shape) {
    const auto count = elements_of(shape);
    if (!count || shape.empty() || shape.size() > kMostSides ||
        (elements_ += *count) > kMostElements) {
      return fail(ErrorKind::kCorrupt, "the network's " + name + " has no size or a huge one");
    }
    HARMONIC_CHECK(check_new(name));
    values_.insert({name, plan_.shapes.size()});
    plan_.shapes.push_back(shape);
    return plan_.shapes.size() - 1;
  }

  Result<void> check_new(const std::string& name) const {
    if (!name.empty() && !graph_.constants.contains(name) && !values_.contains(name) &&
        !zeros_.contains(name)) {
      return {};
    }
    return fail(ErrorKind::kCorrupt, "two things in the network are named '" + name + "'");
  }

  Result<std::size_t> value(const Node& node, std::size_t input) const {
    const auto found = values_.find(node.inputs.at(input));
    if (found != values_.end()) return found->second;
    return bad(node, "reads '" + node.inputs.at(input) + "' where only a computed value can stand");
  }

  const Shape& shape(std::size_t value) const { return plan_.shapes.at(value); }

  // The weights that a layer names; null where it names none or something computed.
  const Constant* constant(const Node& node, std::size_t input) const {
    if (input >= node.inputs.size()) return nullptr;
    const auto found = graph_.constants.find(node.inputs[input]);
    return found == graph_.constants.end() ? nullptr : &found->second;
  }

  static bool left_out(const Node& node, std::size_t input) {
    return input >= node.inputs.size() || node.inputs[input].empty();
  }

  Understood add_step(const Node& node, Step step, const Shape& shape) {
    const auto finite = [](float x) { return std::isfinite(x); };
    if (!std::ranges::all_of(step.weight, finite) || !std::ranges::all_of(step.bias, finite)) {
      return bad(node, "has weights that are not finite");
    }
    HARMONIC_TRY(step.target, new_value(node.outputs.front(), shape));
    macs_ += macs_of(step, shape);
    plan_.steps.push_back(std::move(step));
    if (macs_ <= kMostMacs) return true;
    return bad(node, "makes one pass longer than an hour");
  }

  // One number for each of `count` outputs: as stated, zeros when left out.
  Understood take_bias(const Node& node, std::size_t input, std::int64_t count, Step& step) const {
    step.bias.assign(static_cast<std::size_t>(count), 0.0F);
    if (left_out(node, input)) return true;
    const auto* stated = constant(node, input);
    if (stated == nullptr) return false;
    const auto& sides = stated->shape;
    if (sides.empty() || sides.back() != count || std::ssize(stated->floats) != count) return false;
    step.bias = stated->floats;
    return true;
  }

  Understood conv(const Node& node) {
    const auto* weight = constant(node, 1);
    if (weight == nullptr || weight->floats.empty() || weight->shape.size() != 4) return false;
    const auto& sides = weight->shape;
    HARMONIC_TRY(const auto window, window_of(node, Shape{sides[2], sides[3]}));
    if (!window) return false;
    HARMONIC_TRY(const auto source, value(node, 0));
    HARMONIC_TRY(const auto result, slid_over(shape(source), *window, sides[0]));
    const auto channels = shape(source)[1];
    const auto groups = integer_of(node, "group", 1);
    const bool depthwise = groups != 1;
    if (depthwise && (groups != channels || sides[0] != channels || sides[1] != 1)) return false;
    if (!depthwise && sides[1] != channels) return bad(node, "has weights for other channels");
    auto step = step_of(depthwise ? StepKind::kDepthwise : StepKind::kConv, source, *window);
    step.weight_shape = sides;
    step.weight = weight->floats;
    HARMONIC_TRY(const bool biased, take_bias(node, 2, sides[0], step));
    return biased ? add_step(node, std::move(step), result) : Understood{false};
  }

  Understood relu(const Node& node) {
    HARMONIC_TRY(const auto source, value(node, 0));
    return add_step(node, step_of(StepKind::kRelu, source), shape(source));
  }

  Understood add(const Node& node) {
    if (node.inputs.size() != 2) return bad(node, "adds other than two");
    if (constant(node, 0) != nullptr) return false;
    HARMONIC_TRY(const auto source, value(node, 0));
    if (constant(node, 1) != nullptr) return add_bias(node, source);
    HARMONIC_TRY(const auto other, value(node, 1));
    if (shape(source) != shape(other)) return false;  // ONNX may stretch one of them
    auto step = step_of(StepKind::kAdd, source);
    step.other = other;
    return add_step(node, std::move(step), shape(source));
  }

  // MatMul with Add is one linear layer.
  Understood add_bias(const Node& node, std::size_t source) {
    if (plan_.steps.empty() || plan_.steps.back().target != source ||
        plan_.steps.back().kind != StepKind::kLinear) {
      return false;
    }
    Step& linear = plan_.steps.back();
    const auto readers = std::ranges::count_if(graph_.nodes, [&](const Node& other) {
      return std::ranges::count(other.inputs, node.inputs.front()) > 0;
    });
    const bool zero = std::ranges::all_of(linear.bias, [](float x) { return x == 0; });
    const bool shown = std::ranges::count(graph_.outputs, node.inputs.front(), &End::name) > 0;
    if (readers != 1 || !zero || shown) return false;
    Step step = std::move(linear);
    plan_.steps.pop_back();
    HARMONIC_TRY(const bool biased, take_bias(node, 1, step.weight_shape[0], step));
    const Shape result = shape(source);
    return biased ? add_step(node, std::move(step), result) : Understood{false};
  }

  Understood pool(const Node& node) {
    HARMONIC_TRY(const auto window, window_of(node, std::nullopt));
    if (!window) return false;
    HARMONIC_TRY(const auto source, value(node, 0));
    if (shape(source).size() != 4) return false;
    HARMONIC_TRY(const auto result, slid_over(shape(source), *window, shape(source)[1]));
    const auto kind = node.operation == "MaxPool" ? StepKind::kMaxPool : StepKind::kAveragePool;
    return add_step(node, step_of(kind, source, *window), result);
  }

  Understood whole_mean(const Node& node) {
    HARMONIC_TRY(const auto source, value(node, 0));
    if (shape(source).size() != 4) return false;
    Window window;
    window.kernel = {shape(source)[2], shape(source)[3]};
    HARMONIC_TRY(const auto result, slid_over(shape(source), window, shape(source)[1]));
    return add_step(node, step_of(StepKind::kAveragePool, source, window), result);
  }

  // ReduceMean over rows and columns, with its sides kept or not.
  Understood mean(const Node& node) {
    auto axes = integers_of(node, "axes");
    if (const auto* stated = constant(node, 1)) axes = stated->integers;
    for (auto& axis : axes) axis += axis < 0 ? 4 : 0;
    std::ranges::sort(axes);
    if (axes != std::vector<std::int64_t>{2, 3}) return false;
    if (integer_of(node, "keepdims", 1) != 0) return whole_mean(node);
    Node inner = node;
    inner.outputs.front() += "/kept";
    HARMONIC_TRY(const bool understood, whole_mean(inner));
    if (!understood) return false;
    const auto kept = plan_.steps.back().target;
    return add_step(node, step_of(StepKind::kReshape, kept), {shape(kept)[0], shape(kept)[1]});
  }

  Understood flatten(const Node& node) {
    if (integer_of(node, "axis", 1) != 1) return false;
    HARMONIC_TRY(const auto source, value(node, 0));
    HARMONIC_TRY(const auto result, reshaped(shape(source), {shape(source)[0], -1}));
    return add_step(node, step_of(StepKind::kReshape, source), result);
  }

  Understood reshape(const Node& node) {
    const auto* target = constant(node, 1);
    if (target == nullptr || integer_of(node, "allowzero", 0) != 0) return false;
    HARMONIC_TRY(const auto source, value(node, 0));
    HARMONIC_TRY(const auto result, reshaped(shape(source), target->integers));
    return add_step(node, step_of(StepKind::kReshape, source), result);
  }

  Understood transpose(const Node& node) {
    HARMONIC_TRY(const auto source, value(node, 0));
    const auto axes = integers_of(node, "perm");
    auto sorted = axes;
    std::ranges::sort(sorted);
    if (axes.empty()) return false;  // ONNX then turns the order of all sides around
    Shape every(shape(source).size());
    std::iota(every.begin(), every.end(), 0);
    if (sorted != every) return bad(node, "names sides that its input does not have");
    auto step = step_of(StepKind::kTranspose, source);
    step.axes.assign(axes.begin(), axes.end());
    Shape result;
    for (const auto axis : step.axes) result.push_back(shape(source)[axis]);
    return add_step(node, std::move(step), result);
  }

  // Zeros are no value of the plan: what reads them says so itself.
  Understood zeros(const Node& node) {
    const auto* stated = constant(node, 0);
    if (stated == nullptr || node.attributes.contains("value")) return false;
    HARMONIC_CHECK(check_new(node.outputs.front()));
    zeros_.insert({node.outputs.front(), stated->integers});
    return true;
  }

  // A picture with channels of zeros after its own: the convolution by which each channel stays
  // what it is and the new ones are made of nothing.
  Understood widen(const Node& node) {
    if (node.inputs.size() != 2 || integer_of(node, "axis", 0) != 1) return false;
    const auto added = zeros_.find(node.inputs[1]);
    if (added == zeros_.end()) return false;
    HARMONIC_TRY(const auto source, value(node, 0));
    Shape result = shape(source);
    if (result.size() != 4 || added->second.size() != 4 || !elements_of(added->second)) {
      return false;
    }
    const auto own = result[1];
    result[1] = own + added->second[1];
    const auto made = elements_of({result[1], own});  // weights that the file does not hold
    if (!made || (elements_ += *made) > kMostElements) return bad(node, "is huge");
    if (auto rest = result; rest[1] = added->second[1], rest != added->second) {
      return bad(node, "puts pictures of other sizes on top of each other");
    }
    auto step = step_of(StepKind::kConv, source);
    step.weight_shape = {result[1], own, 1, 1};
    step.weight.assign(static_cast<std::size_t>(*made), 0.0F);
    for (std::int64_t c = 0; c < own; ++c) step.weight[static_cast<std::size_t>(c * own + c)] = 1;
    step.bias.assign(static_cast<std::size_t>(result[1]), 0.0F);
    return add_step(node, std::move(step), result);
  }

  Understood gemm(const Node& node) {
    const bool plain = number_of(node, "alpha", 1) == 1 && number_of(node, "beta", 1) == 1 &&
                       integer_of(node, "transA", 0) == 0;
    return plain ? linear(node, integer_of(node, "transB", 0) != 0) : Understood{false};
  }

  Understood product(const Node& node) { return linear(node, false); }

  Understood linear(const Node& node, bool transposed) {
    const auto* weight = constant(node, 1);
    if (weight == nullptr || weight->floats.empty() || weight->shape.size() != 2) return false;
    HARMONIC_TRY(const auto source, value(node, 0));
    if (shape(source).size() != 2) return false;
    auto sides = weight->shape;
    auto numbers = weight->floats;
    if (!transposed) {
      const auto rows = static_cast<std::size_t>(sides[0]);
      const auto columns = static_cast<std::size_t>(sides[1]);
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        numbers[i] = weight->floats[i % rows * columns + i / rows];
      }
      std::swap(sides[0], sides[1]);
    }
    if (shape(source)[1] != sides[1]) return bad(node, "has weights for another input");
    auto step = step_of(StepKind::kLinear, source);
    step.weight_shape = sides;
    step.weight = std::move(numbers);
    const bool may = node.operation == "Gemm";
    HARMONIC_TRY(const bool biased, take_bias(node, may ? 2 : node.inputs.size(), sides[0], step));
    return biased ? add_step(node, std::move(step), {shape(source)[0], sides[0]})
                  : Understood{false};
  }

  const Graph& graph_;
  Plan plan_;
  std::map<std::string, std::size_t, std::less<>> values_;
  std::map<std::string, Shape, std::less<>> zeros_;
  std::int64_t elements_ = 0;
  std::int64_t macs_ = 0;
};

}  // namespace

Result<std::optional<Plan>> plan_of(const Graph& graph) {
  Planner planner{graph};
  HARMONIC_TRY(const bool understood, planner.read());
  return understood ? std::optional{std::move(planner).plan()} : std::nullopt;
}

std::optional<std::int64_t> elements_of(const Shape& shape) {
  std::int64_t count = 1;
  for (const auto side : shape) {
    if (side < 1 || side > kMostElements / count) return std::nullopt;
    count *= side;
  }
  return count;
}

std::int64_t macs_of(const Plan& plan) {
  std::int64_t macs = 0;
  for (const auto& step : plan.steps) macs += macs_of(step, plan.shapes.at(step.target));
  return macs;
}

}  // namespace harmonic::nn
