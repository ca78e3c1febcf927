#include "train/released.h"

#include <string>

#include "affect/manifest.h"
#include "base/digest.h"
#include "base/whole_file.h"
#include "nn/graph.h"
#include "train/onnx_writer.h"

namespace harmonic::train {
namespace {

namespace fs = std::filesystem;

Result<std::string> weights_of(const fs::path& file) {
  if (file.extension() != ".json") return read_whole(file);
  HARMONIC_TRY(const auto text, read_whole(file));
  HARMONIC_TRY(const auto manifest, affect::parse_manifest(text));
  HARMONIC_TRY(auto bytes, read_whole(file.parent_path() / manifest.file));
  if (sha256_hex(bytes) != manifest.sha256) {
    return fail(ErrorKind::kCorrupt, manifest.file + " is not the file that " + file.string() +
                                         " names: its digest differs");
  }
  return bytes;
}

/// False when the node holds other numbers than the step: as many lists, each as long.
bool fill(FoldedStep& step, const nn::Node& node, const nn::Graph& graph) {
  std::vector<const nn::Constant*> held;
  for (const auto& input : node.inputs) {
    const auto found = graph.constants.find(input);
    if (found != graph.constants.end()) held.push_back(&found->second);
  }
  std::size_t taken = 0;
  for (auto* into : {&step.weight, &step.bias}) {
    if (into->empty()) continue;
    if (taken == held.size() || held[taken]->floats.size() != into->size()) return false;
    *into = held[taken++]->floats;
  }
  return taken == held.size();
}

}  // namespace

bool is_released(const fs::path& file) {
  return file.extension() == ".json" || file.extension() == ".onnx";
}

Result<FoldedNet> read_released(const fs::path& file, FoldedNet shape) {
  HARMONIC_TRY(const auto bytes, weights_of(file));
  HARMONIC_TRY(const auto graph, nn::read_graph(bytes));
  bool same = graph.nodes.size() == shape.steps.size();
  for (std::size_t i = 0; same && i < shape.steps.size(); ++i) {
    same = fill(shape.steps[i], graph.nodes[i], graph);
  }
  // Equal networks give equal bytes: strides, names, the order of the layers are all compared.
  if (!same || to_onnx(shape) != bytes) {
    return fail(ErrorKind::kInvalidInput,
                file.string() + " is no network of this --recipe: name the one it was trained by");
  }
  return shape;
}

}  // namespace harmonic::train
