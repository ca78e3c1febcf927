#include "train/onnx_writer.h"

#include <onnx/onnx_pb.h>

#include <cassert>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace harmonic::train {
namespace {

/// Adds one layer after the other to a graph; each returns the name of what it computes.
class Writer {
 public:
  explicit Writer(onnx::GraphProto& graph) : graph_{graph} {}

  std::string conv(const FoldedConv& layer, const std::string& input) {
    auto name = fresh("conv");
    weights(name + "_w", {layer.out, layer.in, layer.kernel, layer.kernel}, layer.weight);
    weights(name + "_b", {layer.out}, layer.bias);
    auto& node = add("Conv", {input, name + "_w", name + "_b"}, name);
    const int pad = layer.kernel / 2;
    integers(node, "kernel_shape", {layer.kernel, layer.kernel});
    integers(node, "strides", {layer.stride, layer.stride});
    integers(node, "pads", {pad, pad, pad, pad});
    return name;
  }

  std::string plain(const char* operation, const std::vector<std::string>& inputs) {
    auto name = fresh(operation);
    add(operation, inputs, name);
    return name;
  }

  std::string block(const FoldedBlock& block, const std::string& input) {
    const auto inner = plain("Relu", {conv(block.first, input)});
    const auto outer = conv(block.second, inner);
    const auto beside = block.shortcut ? conv(*block.shortcut, input) : input;
    return plain("Relu", {plain("Add", {outer, beside})});
  }

  /// A linear layer whose result is an output of the whole graph.
  void head(std::string_view output, const std::string& input, int features,
            const std::vector<float>& weight, const std::vector<float>& bias) {
    const std::string name{output};
    const auto labels = static_cast<int>(bias.size());
    weights(name + "_w", {labels, features}, weight);
    weights(name + "_b", {labels}, bias);
    auto& node = add("Gemm", {input, name + "_w", name + "_b"}, name);
    auto& transpose = *node.add_attribute();
    transpose.set_name("transB");
    transpose.set_type(onnx::AttributeProto::INT);
    transpose.set_i(1);
    value(*graph_.add_output(), output, {1, labels});
  }

  static void value(onnx::ValueInfoProto& info, std::string_view name,
                    std::initializer_list<int> shape) {
    info.set_name(std::string{name});
    auto& tensor = *info.mutable_type()->mutable_tensor_type();
    tensor.set_elem_type(onnx::TensorProto::FLOAT);
    for (const int side : shape) tensor.mutable_shape()->add_dim()->set_dim_value(side);
  }

 private:
  std::string fresh(const char* kind) { return kind + std::to_string(next_++); }

  onnx::NodeProto& add(const char* operation, const std::vector<std::string>& inputs,
                       const std::string& output) {
    auto& node = *graph_.add_node();
    node.set_op_type(operation);
    node.set_name(output);
    for (const auto& input : inputs) node.add_input(input);
    node.add_output(output);
    return node;
  }

  static void integers(onnx::NodeProto& node, const char* name, std::initializer_list<int> values) {
    auto& attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(onnx::AttributeProto::INTS);
    for (const int v : values) attribute.add_ints(v);
  }

  void weights(const std::string& name, std::initializer_list<int> shape,
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
  }

  onnx::GraphProto& graph_;
  int next_ = 0;
};

}  // namespace

std::string to_onnx(const FoldedNet& net) {
  onnx::ModelProto model;
  model.set_ir_version(6);
  model.set_producer_name("harmonic-train");
  model.add_opset_import()->set_version(11);
  auto& graph = *model.mutable_graph();
  graph.set_name("expression");
  Writer::value(*graph.add_input(), kInputName, {1, 1, kInputSide, kInputSide});

  Writer writer{graph};
  auto at = writer.plain("Relu", {writer.conv(net.stem, std::string{kInputName})});
  for (const auto& block : net.blocks) at = writer.block(block, at);
  at = writer.plain("Flatten", {writer.plain("GlobalAveragePool", {at})});
  writer.head(kFer2013Output, at, net.features, net.fer2013_weight, net.fer2013_bias);
  writer.head(kFerPlusOutput, at, net.features, net.ferplus_weight, net.ferplus_bias);
  return model.SerializeAsString();
}

}  // namespace harmonic::train
