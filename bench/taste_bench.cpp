// How long iALS takes to learn, and in how much memory: taste_bench [MILLION_TRIPLETS...]
// A made-up history of the size of the Million Song Dataset's Taste Profile: 1 million listeners,
// 380,000 songs whose popularity falls as a power law, 64 dimensions, 16 epochs. The aim for 48
// million triplets is 15 minutes on two cores and 8 GB.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>
#include <vector>

#include "base/dice.h"
#include "taste/ials.h"

namespace {

using namespace harmonic;

constexpr std::size_t kListeners = 1'000'000;
constexpr std::size_t kSongs = 380'000;

/// Song r is played about as often as (r + 1)^-0.7, and each listener has about as many songs as
/// any other; what costs time is how many cells there are and how far apart their songs lie.
taste::Plays made_up(std::size_t count) {
  std::vector<taste::Triplet> cells;
  cells.reserve(count);
  Dice dice{1};
  for (std::size_t i = 0; i < count; ++i) {
    const double share = std::pow(static_cast<double>(dice.unit()), 1.0 / 0.3);
    const auto song = static_cast<std::uint32_t>(share * static_cast<double>(kSongs));
    const auto listener = static_cast<std::uint32_t>(dice.below(kListeners));
    cells.push_back({listener, song, 1.0F + static_cast<float>(dice.below(9))});
  }
  return {kListeners, kSongs, cells};
}

double gigabytes_at_most() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024e-9;
}

void measure(std::size_t millions) {
  const auto plays = made_up(millions * 1'000'000);
  const auto jobs = std::max(1U, std::thread::hardware_concurrency());
  const taste::IalsPlan plan;
  const auto start = std::chrono::steady_clock::now();
  const auto cpu = std::clock();
  taste::IalsLearner learner{plays, plan};
  while (learner.epoch() < plan.epochs) learner.run_epoch(jobs);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::printf("%zu million triplets (%zu cells), %u threads: %.1f s, %.1f CPU s, %.2f GB at most\n",
              millions, plays.size(), jobs, took.count(),
              static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC, gigabytes_at_most());
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::size_t> sizes{1, 4, 16, 48};
  if (argc > 1) sizes.clear();
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoul(argv[i], nullptr, 10));
  for (const auto millions : sizes) {
    if (millions > 0) measure(millions);
  }
  return 0;
}
