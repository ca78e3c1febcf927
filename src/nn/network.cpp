#include "nn/network.h"

#include <fstream>

#include "base/digest.h"
#include "nn/engine.h"
#include "nn/graph.h"
#include "nn/plan.h"

namespace harmonic::nn {

namespace {

Result<std::string> contents_of(const std::filesystem::path& file) {
  std::error_code trouble;
  if (!std::filesystem::is_regular_file(file, trouble)) {
    return fail(ErrorKind::kNotFound, "there is no file " + file.string());
  }
  std::ifstream stream{file, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{stream}, {}};
  if (!stream) {
    return fail(ErrorKind::kUnavailable, file.string() + " cannot be read: check its permissions");
  }
  return bytes;
}

}  // namespace

Result<Network> Network::from_onnx(std::string bytes) {
  HARMONIC_TRY(const auto graph, read_graph(bytes));
  HARMONIC_TRY(auto plan, plan_of(graph));
  if (plan) {
    if (auto engine = onednn_engine(fused(*std::move(plan)))) return Network{*std::move(engine)};
  }
  HARMONIC_TRY(auto engine, opencv_engine(std::move(bytes)));
  return Network{std::move(engine)};
}

Result<Network> Network::load(const std::filesystem::path& file, std::string_view sha256) {
  HARMONIC_TRY(auto bytes, contents_of(file));
  if (sha256_hex(bytes) != sha256) {
    return fail(ErrorKind::kCorrupt, file.string() +
                                         " has another digest than its manifest states: fetch or "
                                         "build it again");
  }
  auto network = from_onnx(std::move(bytes));
  if (!network) return tl::unexpected{std::move(network.error()).while_doing(file.string())};
  return network;
}

Result<std::vector<Tensor>> Network::run(const Tensor& input,
                                         std::span<const std::string> outputs) const {
  return engine_->run(input, outputs);
}

}  // namespace harmonic::nn
