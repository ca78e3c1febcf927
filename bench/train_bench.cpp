// How many faces a second the trainer learns from, distortion included, and how that stands to the
// limit of the cores in float32 (it computes in bfloat16 where they can): train_bench [RECIPE]
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include "base/dice.h"
#include "evaluate/fer2013.h"
#include "fma_peak.h"
#include "train/feed.h"
#include "train/learner.h"
#include "train/plan.h"

namespace {

using namespace harmonic;

constexpr std::size_t kBatch = 64;
constexpr std::size_t kBatches = 60;
constexpr std::size_t kWarmUp = 5;

/// Faces of noise cost what faces cost.
evaluate::LabelledFaces noise(std::size_t count) {
  evaluate::LabelledFaces faces;
  Dice dice{1};
  for (std::size_t i = 0; i < count * evaluate::kFacePixels; ++i) {
    faces.images.push_back(static_cast<std::uint8_t>(dice.below(256)));
  }
  for (std::size_t i = 0; i < count; ++i) {
    faces.labels.push_back(static_cast<std::uint8_t>(i % evaluate::kFer2013Count));
    faces.votes.push_back({{10, 0, 0, 0, 0, 0, 0, 0}, 0, 0});
  }
  return faces;
}

/// Faces a second, or a negative number and the reason on stderr.
double speed(const train::NetPlan& plan, int threads, std::size_t& macs) {
  const auto faces = noise(kBatch * kBatches);
  auto learner = train::Learner::create({.plan = plan, .threads = threads});
  if (!learner) {
    std::fprintf(stderr, "%s\n", learner.error().message.c_str());
    return -1;
  }
  macs = train::macs_of(learner->folded());
  const train::Teaching untaught;
  train::Feed feed{faces, untaught, {kBatch, 1, 1, {}}, threads};
  auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; const auto batch = feed.next(); ++i) {
    if (i == kWarmUp) start = std::chrono::steady_clock::now();
    if (const auto loss = learner->step(*batch, 0.01); !loss) {
      std::fprintf(stderr, "%s\n", loss.error().message.c_str());
      return -1;
    }
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return static_cast<double>(kBatch * (kBatches - kWarmUp)) / took.count();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string recipe = argc > 1 ? argv[1] : "student";
  const auto plan = train::plan_named(recipe);
  if (!plan) {
    std::fprintf(stderr, "there is no recipe '%s'\n", recipe.c_str());
    return 2;
  }
  const auto peak = bench::fma_peak();
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  for (int threads = 1; threads <= cores; threads *= 2) {
    std::size_t macs = 0;
    const double faces = speed(*plan, threads, macs);
    if (faces < 0) return 5;
    // Backwards costs twice what forwards does: a gradient for the weights and one for the input.
    const double done = 3 * faces * static_cast<double>(macs);
    std::printf("%s, %d thread%s: %.0f faces/s, %.1f G multiply-accumulates/s, %.2f of the limit\n",
                recipe.c_str(), threads, threads == 1 ? "" : "s", faces, done * 1e-9,
                done / (threads * peak.macs_per_second));
    std::fflush(stdout);
  }
  return 0;
}
