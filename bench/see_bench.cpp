// One frame of a camera, 640x480 JPEG to scores, on one thread, end to end and by its parts.
//
//   see_bench             median and p95 of each, from 200 frames one by one
// The frame is the astronaut of tests/fixtures, scaled and centred as a camera would show her.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <opencv2/core/utility.hpp>
#include <vector>

#include "affect/classifier.h"
#include "base/paths.h"
#include "face/align.h"
#include "face/finder.h"
#include "image/codec.h"
#include "image/transform.h"

namespace {

using namespace harmonic;

template <typename T>
T must(Result<T> result) {
  if (result) return *std::move(result);
  std::fprintf(stderr, "see_bench: %s\n", result.error().message.c_str());
  std::exit(1);
}

struct Scene {
  std::filesystem::path share = must(share_dir());
  image::Picture frame = image::warp(
      must(image::decode_file(share / "tests/fixtures/astronaut.png")), {1.25F, 0, 0, 0}, 640, 480);
  std::vector<std::byte> jpeg = must(image::encode_jpeg(frame, 85));
  face::Finder finder = must(face::Finder::open(share, face::DetectorKind::kBlazeFace));
  std::unique_ptr<face::Detector> detector =
      must(face::make_detector(face::DetectorKind::kBlazeFace, share));
  affect::Classifier classifier = must(affect::Classifier::load_shipped(share));
  face::Detection detection = must(detector->find(frame)).at(0);
  image::Picture aligned = face::align(frame, detection);
};

const Scene& scene() {
  static const Scene made;
  return made;
}

affect::Reading end_to_end() {
  const auto picture = must(image::decode(scene().jpeg));
  const auto found = must(scene().finder.find(picture));
  return must(scene().classifier.classify(found.faces.at(0).aligned));
}

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

}  // namespace

int main(int argc, char** argv) {
  cv::setNumThreads(1);
  static_cast<void>(end_to_end());  // nets allocate at their first run
  measure("decode", [] { return must(image::decode(scene().jpeg)); });
  measure("find", [] { return must(scene().detector->find(scene().frame)); });
  measure("align", [] { return face::align(scene().frame, scene().detection); });
  measure("classify", [] { return must(scene().classifier.classify(scene().aligned)); });
  measure("end_to_end", [] { return end_to_end(); });
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
