// The one file that knows oneDNN: a plan becomes its primitives, and these are executed. It is long
// because no header may name the library's types.
#include <algorithm>
#include <cstring>
#include <mutex>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>

#include "nn/arena.h"
#include "nn/engine.h"

// Of OpenMP, which oneDNN computes with. <omp.h> is not among clang's headers.
extern "C" {
int omp_get_max_threads();
void omp_set_num_threads(int count);
}

namespace harmonic::nn {

namespace {

using dnnl::memory;

constexpr auto kInference = dnnl::prop_kind::forward_inference;

// While it lives, oneDNN uses this thread alone: a frame takes a millisecond, and the other cores
// have frames of other listeners.
class OneThread {
 public:
  OneThread() { omp_set_num_threads(1); }
  ~OneThread() { omp_set_num_threads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_ = omp_get_max_threads();
};

memory::desc in_format(const Shape& shape, memory::format_tag format) {
  return {shape, memory::data_type::f32, format};
}

// Whatever layout the library likes best.
memory::desc any(const Shape& shape) { return in_format(shape, memory::format_tag::any); }

// Row-major, as everywhere outside this file.
memory::desc plain(const Shape& shape) {
  Shape strides(shape.size(), 1);
  for (std::size_t i = shape.size() - 1; i-- > 0;) strides[i] = strides[i + 1] * shape[i + 1];
  return {shape, memory::data_type::f32, strides};
}

// Numbers in a buffer; several values may lie in one buffer, one after the other.
struct Held {
  std::size_t buffer = 0;
  memory::desc desc;
};

// What a primitive reads or writes: a buffer of the call, or a constant that all calls share.
struct Argument {
  int role = 0;
  memory::desc desc;
  std::optional<std::size_t> buffer;
  memory constant;
};

struct Operation {
  dnnl::primitive primitive;
  std::vector<Argument> arguments;
};

struct Output {
  std::size_t buffer = 0;
  Shape shape;
};

struct Program {
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  Shape input_shape;
  std::size_t input = 0;
  std::vector<Operation> operations;
  std::vector<Lifetime> buffers;
  std::map<std::string, Output, std::less<>> outputs;
};

class Compiler {
 public:
  explicit Compiler(const Plan& plan) : plan_{plan}, held_(plan.shapes.size()) {}

  /// Throws dnnl::error where the library has no code for a step.
  Program compile() {
    program_.input_shape = plan_.shapes.at(plan_.input);
    held_[plan_.input] = fresh(plain(program_.input_shape));
    program_.input = held_[plan_.input].buffer;
    for (at_ = 0; at_ < plan_.steps.size(); ++at_) take(plan_.steps[at_]);
    for (const auto& [name, value] : plan_.outputs) {
      const auto& shape = plan_.shapes[value];
      const auto held = laid_out(held_[value], plain(shape));
      program_.outputs.insert({name, {held.buffer, shape}});
    }
    for (const auto& [name, output] : program_.outputs) {
      program_.buffers[output.buffer].last = program_.operations.size();
    }
    return std::move(program_);
  }

 private:
  void take(const Step& step) {
    switch (step.kind) {
      case StepKind::kConv:
      case StepKind::kDepthwise: return conv(step);
      case StepKind::kRelu: return relu(step);
      case StepKind::kAdd: return sum(step);
      case StepKind::kMaxPool:
      case StepKind::kAveragePool: return pool(step);
      case StepKind::kReshape: return reshape(step);
      case StepKind::kTranspose: return transpose(step);
      case StepKind::kLinear: return linear(step);
    }
  }

  Held fresh(const memory::desc& desc) {
    const auto now = program_.operations.size();
    program_.buffers.push_back({desc.get_size(), now, now});
    return {program_.buffers.size() - 1, desc};
  }

  static Argument in(int role, const Held& held) { return {role, held.desc, held.buffer, {}}; }

  static dnnl::primitive_attr attributes(bool sum, bool relu) {
    dnnl::post_ops after;
    if (sum) after.append_sum(1.0F);
    if (relu) after.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(after);
    // The library's own scratch memory would belong to the thread that made the primitive.
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    return attributes;
  }

  template <typename Primitive, typename Description>
  void add(const Description& description, std::vector<Argument> arguments) {
    const auto scratch = description.scratchpad_desc();
    if (scratch.get_size() > 0) arguments.push_back(in(DNNL_ARG_SCRATCHPAD, fresh(scratch)));
    for (const auto& argument : arguments) {
      if (argument.buffer) program_.buffers[*argument.buffer].last = program_.operations.size();
    }
    program_.operations.push_back({Primitive{description}, std::move(arguments)});
  }

  Held copied(const Held& from, const memory::desc& to) {
    const auto target = fresh(to);
    const dnnl::reorder::primitive_desc description{program_.engine, from.desc, program_.engine, to,
                                                    attributes(false, false)};
    add<dnnl::reorder>(description, {in(DNNL_ARG_FROM, from), in(DNNL_ARG_TO, target)});
    return target;
  }

  Held laid_out(const Held& held, const memory::desc& wanted) {
    return held.desc == wanted ? held : copied(held, wanted);
  }

  // Numbers of the network in the layout that a primitive wants, copied once for good.
  Argument constant(int role, const std::vector<float>& numbers, const Shape& shape,
                    const memory::desc& wanted) {
    const memory stated{plain(shape), program_.engine};
    std::memcpy(stated.get_data_handle(), numbers.data(), numbers.size() * sizeof(float));
    if (wanted == stated.get_desc()) return {role, wanted, {}, stated};
    memory laid{wanted, program_.engine};
    dnnl::stream stream{program_.engine};
    dnnl::reorder{stated, laid}.execute(stream, const_cast<memory&>(stated), laid);
    stream.wait();
    return {role, wanted, {}, laid};
  }

  // Whether the numbers of `held` are of no use after this step.
  bool last_read_here(const Held& held) const {
    for (std::size_t value = 0; value < held_.size(); ++value) {
      if (held_[value].desc.is_zero() || held_[value].buffer != held.buffer) continue;
      const bool shown = std::ranges::any_of(
          plan_.outputs, [value](const auto& output) { return output.second == value; });
      const bool later = std::any_of(
          plan_.steps.begin() + static_cast<std::ptrdiff_t>(at_) + 1, plan_.steps.end(),
          [value](const Step& step) { return step.source == value || step.other == value; });
      if (shown || later) return false;
    }
    return true;
  }

  // The library adds onto what lies in the target; so the addend is put there, or is the target.
  Held target_with_addend(const Step& step, const memory::desc& desc, const Held& source) {
    if (!step.other) return fresh(desc);
    const auto& addend = held_[*step.other];
    const bool own = addend.desc == desc && addend.buffer != source.buffer;
    return own && last_read_here(addend) ? addend : copied(addend, desc);
  }

  void conv(const Step& step) {
    const auto& [kernel, stride, before, after, counts] = step.window;
    const Shape bias{step.weight_shape[0]};
    Shape weight = step.weight_shape;
    if (step.kind == StepKind::kDepthwise) weight.insert(weight.begin() + 1, 1);  // [groups, out...
    const dnnl::convolution_forward::desc wanted{kInference,
                                                 dnnl::algorithm::convolution_direct,
                                                 any(plan_.shapes[step.source]),
                                                 any(weight),
                                                 plain(bias),
                                                 any(plan_.shapes[step.target]),
                                                 {stride.begin(), stride.end()},
                                                 {before.begin(), before.end()},
                                                 {after.begin(), after.end()}};
    const dnnl::convolution_forward::primitive_desc description{
        wanted, attributes(step.other.has_value(), step.relu), program_.engine};
    const auto source = laid_out(held_[step.source], description.src_desc());
    const auto target = target_with_addend(step, description.dst_desc(), source);
    add<dnnl::convolution_forward>(
        description, {in(DNNL_ARG_SRC, source), in(DNNL_ARG_DST, target),
                      constant(DNNL_ARG_WEIGHTS, step.weight, weight, description.weights_desc()),
                      constant(DNNL_ARG_BIAS, step.bias, bias, description.bias_desc())});
    held_[step.target] = target;
  }

  void linear(const Step& step) {
    const Shape bias{step.weight_shape[0]};
    const dnnl::inner_product_forward::desc wanted{kInference, any(plan_.shapes[step.source]),
                                                   any(step.weight_shape), plain(bias),
                                                   any(plan_.shapes[step.target])};
    const dnnl::inner_product_forward::primitive_desc description{
        wanted, attributes(false, step.relu), program_.engine};
    const auto source = laid_out(held_[step.source], description.src_desc());
    const auto target = fresh(description.dst_desc());
    add<dnnl::inner_product_forward>(
        description,
        {in(DNNL_ARG_SRC, source), in(DNNL_ARG_DST, target),
         constant(DNNL_ARG_WEIGHTS, step.weight, step.weight_shape, description.weights_desc()),
         constant(DNNL_ARG_BIAS, step.bias, bias, description.bias_desc())});
    held_[step.target] = target;
  }

  void relu(const Step& step) {
    const auto source = held_[step.source];
    const dnnl::eltwise_forward::desc wanted{kInference, dnnl::algorithm::eltwise_relu, source.desc,
                                             0.0F};
    const dnnl::eltwise_forward::primitive_desc description{wanted, attributes(false, false),
                                                            program_.engine};
    held_[step.target] = fresh(source.desc);
    add<dnnl::eltwise_forward>(description,
                               {in(DNNL_ARG_SRC, source), in(DNNL_ARG_DST, held_[step.target])});
  }

  void sum(const Step& step) {
    const auto source = held_[step.source];
    const auto other = laid_out(held_[*step.other], source.desc);
    const dnnl::binary::desc wanted{dnnl::algorithm::binary_add, source.desc, other.desc,
                                    source.desc};
    const dnnl::binary::primitive_desc description{wanted, attributes(false, step.relu),
                                                   program_.engine};
    held_[step.target] = fresh(source.desc);
    add<dnnl::binary>(description, {in(DNNL_ARG_SRC_0, source), in(DNNL_ARG_SRC_1, other),
                                    in(DNNL_ARG_DST, held_[step.target])});
  }

  void pool(const Step& step) {
    const auto source = held_[step.source];
    const auto& [kernel, stride, before, after, counts] = step.window;
    const auto average = counts ? dnnl::algorithm::pooling_avg_include_padding
                                : dnnl::algorithm::pooling_avg_exclude_padding;
    const dnnl::pooling_forward::desc wanted{
        kInference,
        step.kind == StepKind::kMaxPool ? dnnl::algorithm::pooling_max : average,
        source.desc,
        any(plan_.shapes[step.target]),
        {stride.begin(), stride.end()},
        {kernel.begin(), kernel.end()},
        {before.begin(), before.end()},
        {after.begin(), after.end()}};
    const dnnl::pooling_forward::primitive_desc description{wanted, attributes(false, false),
                                                            program_.engine};
    held_[step.target] = fresh(description.dst_desc());
    add<dnnl::pooling_forward>(description,
                               {in(DNNL_ARG_SRC, source), in(DNNL_ARG_DST, held_[step.target])});
  }

  // Row-major numbers are the same in every shape: the two values share them.
  void reshape(const Step& step) {
    const auto source = laid_out(held_[step.source], plain(plan_.shapes[step.source]));
    held_[step.target] = {source.buffer, plain(plan_.shapes[step.target])};
  }

  // The same numbers where they lie; only what is called which side changes. ONNX says where a side
  // comes from, the library where it goes.
  void transpose(const Step& step) {
    std::vector<int> goes(step.axes.size());
    for (std::size_t i = 0; i < step.axes.size(); ++i) goes[step.axes[i]] = static_cast<int>(i);
    const auto& source = held_[step.source];
    held_[step.target] = {source.buffer, source.desc.permute_axes(goes)};
  }

  const Plan& plan_;
  std::vector<Held> held_;
  std::size_t at_ = 0;
  Program program_;
};

// The memory of one call, with every argument of every operation bound to it.
class Workspace {
 public:
  Workspace(const Program& program, const Arena& arena)
      : arena_{arena},
        block_{{{static_cast<std::int64_t>(std::max<std::size_t>(arena.bytes, 1))},
                memory::data_type::u8,
                memory::format_tag::a},
               program.engine},
        stream_{program.engine} {
    for (const auto& operation : program.operations) {
      auto& bound = arguments_.emplace_back();
      for (const auto& argument : operation.arguments) {
        bound.insert({argument.role, argument.buffer ? memory{argument.desc, program.engine,
                                                              place(*argument.buffer)}
                                                     : argument.constant});
      }
    }
  }

  [[nodiscard]] std::byte* place(std::size_t buffer) const {
    return static_cast<std::byte*>(block_.get_data_handle()) + arena_.offsets.at(buffer);
  }

  void execute(const Program& program) {
    for (std::size_t i = 0; i < program.operations.size(); ++i) {
      program.operations[i].primitive.execute(stream_, arguments_[i]);
    }
    stream_.wait();
  }

 private:
  const Arena& arena_;
  memory block_;
  dnnl::stream stream_;
  std::vector<std::unordered_map<int, memory>> arguments_;
};

std::string written(const Shape& shape) {
  std::string text;
  for (const auto side : shape) text += (text.empty() ? "" : "x") + std::to_string(side);
  return text;
}

class OnednnEngine : public Engine {
 public:
  explicit OnednnEngine(Program program)
      : program_{std::move(program)}, arena_{arena_for(program_.buffers)} {}

  [[nodiscard]] Result<std::vector<Tensor>> run(
      const Tensor& input, std::span<const std::string> outputs) const override {
    HARMONIC_CHECK(check_filled(input));
    if (!std::ranges::equal(input.shape, program_.input_shape)) {
      return fail(ErrorKind::kInvalidInput,
                  "the network takes numbers of shape " + written(program_.input_shape) + " alone");
    }
    for (const auto& name : outputs) {
      if (program_.outputs.contains(name)) continue;
      return fail(ErrorKind::kCorrupt, "the network has no output named " + name);
    }
    const OneThread alone;
    try {
      auto workspace = take();
      std::memcpy(workspace->place(program_.input), input.values.data(),
                  input.values.size() * sizeof(float));
      workspace->execute(program_);
      auto results = results_in(*workspace, outputs);
      give_back(std::move(workspace));
      return results;
    } catch (const std::exception& error) {  // dnnl::error, or no memory
      return fail(ErrorKind::kUnavailable, std::string{"the network cannot run: "} + error.what());
    }
  }

 private:
  Result<std::vector<Tensor>> results_in(const Workspace& workspace,
                                         std::span<const std::string> outputs) const {
    std::vector<Tensor> results;
    for (const auto& name : outputs) {
      const auto& output = program_.outputs.find(name)->second;
      auto& tensor = results.emplace_back();
      tensor.shape.assign(output.shape.begin(), output.shape.end());
      tensor.values.resize(static_cast<std::size_t>(elements_of(output.shape).value()));
      std::memcpy(tensor.values.data(), workspace.place(output.buffer),
                  tensor.values.size() * sizeof(float));
      HARMONIC_CHECK(check_finite(tensor, name));
    }
    return results;
  }

  std::unique_ptr<Workspace> take() const {
    {
      const std::lock_guard lock{mutex_};
      if (!idle_.empty()) {
        auto workspace = std::move(idle_.back());
        idle_.pop_back();
        return workspace;
      }
    }
    return std::make_unique<Workspace>(program_, arena_);
  }

  void give_back(std::unique_ptr<Workspace> workspace) const {
    const std::lock_guard lock{mutex_};
    idle_.push_back(std::move(workspace));
  }

  const Program program_;
  const Arena arena_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Workspace>> idle_;
};

}  // namespace

Result<std::shared_ptr<const Engine>> onednn_engine(const Plan& plan) {
  const OneThread alone;
  try {
    return std::make_shared<const OnednnEngine>(Compiler{plan}.compile());
  } catch (const std::exception& error) {  // dnnl::error, or no memory
    return fail(ErrorKind::kUnavailable,
                std::string{"oneDNN cannot take the network: "} + error.what());
  }
}

}  // namespace harmonic::nn
