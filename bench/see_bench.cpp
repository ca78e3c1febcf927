// One frame of a camera, 640x480 JPEG to scores, on one thread, end to end and by its parts.
//
//   see_bench                   median and p95 of each, from 200 frames one by one; then the
//   network
//                               against the arithmetic limit of this core, measured in the same run
//   see_bench --soak [FRAMES]   resident memory over an hour of 30 frames a second (108,000)
// The frame is the astronaut of tests/fixtures, scaled and centred as a camera would show her.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <opencv2/core/utility.hpp>
#include <vector>

#include "clock.h"
#include "fma_peak.h"
#include "nn/graph.h"
#include "nn/network.h"
#include "nn/plan.h"
#include "see_scene.h"
#include "soak.h"

namespace {

using namespace harmonic;
using bench::must;
using bench::scene;

constexpr long kHour = 108'000;  // frames, at 30 a second
constexpr int kTimes = 200;

double percentile(const std::vector<double>& times, double share) {
  std::vector<double> sorted = times;
  std::sort(sorted.begin(), sorted.end());
  return sorted.at(std::min(sorted.size() - 1,
                            static_cast<std::size_t>(share * static_cast<double>(sorted.size()))));
}

template <typename Work>
void measure(const char* name, Work work) {
  benchmark::RegisterBenchmark(name,
                               [work](benchmark::State& state) {
                                 for (auto _ : state) benchmark::DoNotOptimize(work());
                               })
      ->Unit(benchmark::kMillisecond)
      ->Iterations(1)
      ->Repetitions(200)
      ->ReportAggregatesOnly(true)
      ->ComputeStatistics("p95", [](const std::vector<double>& t) { return percentile(t, 0.95); });
}

// The expression network alone, by the time that this thread computed.
void network_against_limit() {
  std::ifstream file{scene().share / "models/expression/expression.onnx", std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  const auto plan = must(nn::plan_of(must(nn::read_graph(bytes))));
  if (!plan) {
    std::printf("the expression network is not plain: its multiply-accumulates are not known\n");
    return;
  }
  const auto network = must(nn::Network::from_onnx(bytes));
  const auto& shape = plan->shapes.at(plan->input);
  nn::Tensor face{{shape.begin(), shape.end()}, {}};
  for (std::int64_t i = 0; i < nn::elements_of(shape).value(); ++i) {
    face.values.push_back(static_cast<float>(i % 17) / 8.0F - 1.0F);
  }
  std::vector<std::string> heads;
  for (const auto& output : plan->outputs) heads.push_back(output.first);
  const auto peak = bench::fma_peak();
  const auto seconds =
      bench::seconds_of(kTimes, [&] { benchmark::DoNotOptimize(must(network.run(face, heads))); });
  const auto macs = static_cast<double>(nn::macs_of(*plan));
  const double median = percentile(seconds, 0.5);
  std::printf("network: %.3f ms median, %.3f ms p95, %.3f ms least of %d (CPU time)\n",
              1e3 * median, 1e3 * percentile(seconds, 0.95), 1e3 * seconds.front(), kTimes);
  std::printf(
      "network: %.1f M multiply-accumulates, %.1f G/s; this core's %s limit is %.1f G/s "
      "(%.3f ms): %.2f of it\n",
      macs / 1e6, macs / median / 1e9, peak.unit.c_str(), peak.macs_per_second / 1e9,
      1e3 * macs / peak.macs_per_second, macs / median / peak.macs_per_second);
}

}  // namespace

int main(int argc, char** argv) {
  cv::setNumThreads(1);
  if (argc > 1 && std::strcmp(argv[1], "--soak") == 0) {
    const long frames = argc > 2 ? std::strtol(argv[2], nullptr, 10) : kHour;
    if (frames > 0) return bench::soak(frames);
    std::fprintf(stderr, "see_bench: '%s' is no number of frames\n", argv[2]);
    return 2;
  }
  static_cast<void>(bench::seen(scene().jpeg));  // nets allocate at their first run
  measure("decode", [] { return must(image::decode(scene().jpeg)); });
  measure("find", [] { return must(scene().detector->find(scene().frame)); });
  measure("align", [] { return face::align(scene().frame, scene().detection); });
  measure("cover", [] { return must(scene().covers.read(scene().aligned)); });
  measure("classify", [] { return must(scene().classifier.classify(scene().aligned)); });
  measure("end_to_end", [] { return bench::seen(scene().jpeg).value(); });
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  network_against_limit();
  return 0;
}
