#include "train/onnx_writer.h"

#include <onnx/onnx_pb.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <initializer_list>
#include <vector>

namespace harmonic::train {
namespace {

struct Known {
  const char* onnx;
  const char* name;  ///< Begins the names of what it computes.
};

Known known(Operation operation) {
  switch (operation) {
    case Operation::kConv: return {"Conv", "conv"};
    case Operation::kRelu: return {"Relu", "Relu"};
    case Operation::kAdd: return {"Add", "Add"};
    case Operation::kMaxPool: return {"MaxPool", "MaxPool"};
    case Operation::kMean: return {"GlobalAveragePool", "GlobalAveragePool"};
    case Operation::kFlatten: return {"Flatten", "Flatten"};
    case Operation::kLinear: return {"Gemm", "linear"};
    case Operation::kLogSoftmax: return {"LogSoftmax", "LogSoftmax"};
    case Operation::kConcat: break;
  }
  return {"Concat", "Concat"};
}

/// Adds one step after the other to a graph.
class Writer {
 public:
  explicit Writer(onnx::GraphProto& graph) : graph_{graph} {}

  void step(const FoldedStep& step, const std::string& name) {
    std::vector<std::string> inputs;
    for (const auto input : step.inputs) inputs.push_back(names_.at(input));
    if (inputs.empty()) inputs.emplace_back(kInputName);
    if (!step.weight.empty()) inputs.push_back(weights(name + "_w", shape_of(step), step.weight));
    if (!step.bias.empty()) inputs.push_back(weights(name + "_b", {step.out}, step.bias));
    attributes(step, add(known(step.operation).onnx, inputs, name));
    names_.push_back(name);
  }

  /// A step whose result is an output of the whole graph.
  void head(std::string_view output, const FoldedStep& head) {
    step(head, std::string{output});
    value(*graph_.add_output(), output, {1, head.out});
  }

  static void value(onnx::ValueInfoProto& info, std::string_view name,
                    std::initializer_list<int> shape) {
    info.set_name(std::string{name});
    auto& tensor = *info.mutable_type()->mutable_tensor_type();
    tensor.set_elem_type(onnx::TensorProto::FLOAT);
    for (const int side : shape) tensor.mutable_shape()->add_dim()->set_dim_value(side);
  }

 private:
  static std::vector<int> shape_of(const FoldedStep& step) {
    if (step.operation == Operation::kLinear) return {step.out, step.in};
    return {step.out, step.in / step.groups, step.kernel, step.kernel};
  }

  static void attributes(const FoldedStep& step, onnx::NodeProto& node) {
    switch (step.operation) {
      case Operation::kConv:
        window(node, step.kernel, step.stride);
        if (step.groups != 1) integer(node, "group", step.groups);
        break;
      case Operation::kMaxPool: window(node, kPoolKernel, kPoolStride); break;
      case Operation::kLinear: integer(node, "transB", 1); break;
      case Operation::kLogSoftmax:
      case Operation::kConcat: integer(node, "axis", 1); break;
      default: break;
    }
  }

  static void window(onnx::NodeProto& node, int kernel, int stride) {
    const int pad = kernel / 2;
    integers(node, "kernel_shape", {kernel, kernel});
    integers(node, "strides", {stride, stride});
    integers(node, "pads", {pad, pad, pad, pad});
  }

  onnx::NodeProto& add(const char* operation, const std::vector<std::string>& inputs,
                       const std::string& output) {
    auto& node = *graph_.add_node();
    node.set_op_type(operation);
    node.set_name(output);
    for (const auto& input : inputs) node.add_input(input);
    node.add_output(output);
    return node;
  }

  static void integer(onnx::NodeProto& node, const char* name, int value) {
    auto& attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(onnx::AttributeProto::INT);
    attribute.set_i(value);
  }

  static void integers(onnx::NodeProto& node, const char* name, std::initializer_list<int> values) {
    auto& attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(onnx::AttributeProto::INTS);
    for (const int v : values) attribute.add_ints(v);
  }

  /// The name that a step knows them by.
  std::string weights(const std::string& name, const std::vector<int>& shape,
                      const std::vector<float>& values) {
    auto& tensor = *graph_.add_initializer();
    tensor.set_name(name);
    tensor.set_data_type(onnx::TensorProto::FLOAT);
    std::size_t count = 1;
    for (const int side : shape) {
      tensor.add_dims(side);
      count *= static_cast<std::size_t>(side);
    }
    assert(count == values.size());
    // ONNX wants little-endian bytes, which every machine that runs libtorch has.
    tensor.set_raw_data(values.data(), count * sizeof(float));
    return name;
  }

  onnx::GraphProto& graph_;
  std::vector<std::string> names_;  ///< Of what each step computes.
};

}  // namespace

std::string to_onnx(std::string_view name, std::span<const FoldedStep> steps,
                    std::span<const Output> outputs) {
  onnx::ModelProto model;
  model.set_ir_version(6);
  model.set_producer_name("harmonic-train");
  model.add_opset_import()->set_version(11);
  auto& graph = *model.mutable_graph();
  graph.set_name(std::string{name});
  Writer::value(*graph.add_input(), kInputName, {1, 1, kInputSide, kInputSide});

  Writer writer{graph};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto output = std::ranges::find(outputs, i, &Output::step);
    if (output == outputs.end()) {
      writer.step(steps[i], known(steps[i].operation).name + std::to_string(i));
    } else {
      writer.head(output->name, steps[i]);
    }
  }
  return model.SerializeAsString();
}

std::string to_onnx(const FoldedNet& net) {
  const std::array outputs{Output{kFer2013Output, net.fer2013},
                           Output{kFerPlusOutput, net.ferplus}};
  return to_onnx("expression", net.steps, outputs);
}

}  // namespace harmonic::train
