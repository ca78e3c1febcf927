// nn/graph.h - the graph of an ONNX file: its layers by name, its weights, its ends.
//
// Read is what plain networks need; training, sparse weights, subgraphs and functions are passed
// over. What a layer means is not known here: see nn/plan.h.
// Source  https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto (the numbers of the fields)
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace harmonic::nn {

/// Sides in ONNX's order, for pictures [batch, channels, rows, columns].
using Shape = std::vector<std::int64_t>;

/// Weights. One of the two lists holds as many numbers as the shape asks for; both are empty where
/// the file keeps numbers of another type, or keeps them in another file.
struct Constant {
  Shape shape;
  std::vector<float> floats;
  std::vector<std::int64_t> integers;
};

/// What a layer states beside its inputs; which member counts, the layer's operation says.
struct Attribute {
  std::int64_t integer = 0;
  float number = 0;
  std::string text;
  std::vector<std::int64_t> integers;
};

struct Node {
  std::string operation;
  std::string domain;               ///< Empty for ONNX's own operations.
  std::vector<std::string> inputs;  ///< An empty name stands for an input left out.
  std::vector<std::string> outputs;
  std::map<std::string, Attribute, std::less<>> attributes;
};

/// An end of the graph; a side whose size is not stated is 0.
struct End {
  std::string name;
  Shape shape;
};

struct Graph {
  std::vector<Node> nodes;
  std::map<std::string, Constant, std::less<>> constants;
  std::vector<End> inputs;  ///< Without those that are constants (older files list these too).
  std::vector<End> outputs;
};

/// Errors  kCorrupt: the bytes are no ONNX graph, end early, or weights do not fill their shape.
[[nodiscard]] Result<Graph> read_graph(std::string_view onnx);

}  // namespace harmonic::nn
