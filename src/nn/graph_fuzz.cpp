// Foreign bytes as an ONNX network: refused, left to another engine, or run.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "nn/engine.h"
#include "nn/graph.h"
#include "nn/plan.h"

namespace {

namespace nn = harmonic::nn;

// Time goes into graphs, not into sums.
constexpr std::int64_t kMostMacsHere = 1'000'000;
constexpr std::int64_t kMostElementsHere = 100'000;

bool small(const nn::Plan& plan) {
  std::int64_t elements = 0;
  for (const auto& shape : plan.shapes) elements += nn::elements_of(shape).value();
  return elements <= kMostElementsHere && nn::macs_of(plan) <= kMostMacsHere;
}

void run(const nn::Plan& plan) {
  const auto engine = nn::onednn_engine(plan);
  if (!engine) return;
  const auto& shape = plan.shapes.at(plan.input);
  const auto count = static_cast<std::size_t>(nn::elements_of(shape).value());
  const nn::Tensor input{{shape.begin(), shape.end()}, std::vector<float>(count, 0.5F)};
  for (const auto& [name, value] : plan.outputs) {
    const auto outputs = (*engine)->run(input, std::vector{name});
    if (!outputs) continue;  // not finite
    const auto wanted = nn::elements_of(plan.shapes.at(value)).value();
    if (std::ssize(outputs->front().values) != wanted) __builtin_trap();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto graph = nn::read_graph({reinterpret_cast<const char*>(data), size});
  if (!graph) return 0;
  const auto plan = nn::plan_of(*graph);
  if (!plan || !*plan || !small(**plan)) return 0;
  const auto fewer = nn::fused(**plan);
  if (fewer.steps.size() > (*plan)->steps.size() || fewer.outputs != (*plan)->outputs) {
    __builtin_trap();
  }
  run(**plan);
  run(fewer);
  return 0;
}
