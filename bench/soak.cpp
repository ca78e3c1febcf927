#include "soak.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <vector>

#include "affect/smoother.h"
#include "clock.h"
#include "see_scene.h"

namespace harmonic::bench {

namespace {

constexpr long kWarmUp = 1000;
constexpr double kPerSecond = 30.0;
constexpr double kMostGrowth = 4.0;  // MiB: an hour may not add what a day cannot bear
constexpr long kReports = 10;

double resident_mib() {
  std::ifstream file{"/proc/self/statm"};
  long size = 0, resident = 0;
  file >> size >> resident;
  return static_cast<double>(resident * sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

// The astronaut as she moves nearer and aside, of several frame sizes, and a wall without her.
std::vector<std::vector<std::byte>> pictures() {
  std::vector<std::vector<std::byte>> jpegs;
  for (const float scale : {0.9F, 1.1F, 1.25F}) {
    for (const float aside : {-60.0F, 0.0F, 40.0F}) {
      jpegs.push_back(must(
          image::encode_jpeg(image::warp(scene().astronaut, {scale, 0, aside, 0}, 640, 480), 85)));
    }
  }
  jpegs.push_back(
      must(image::encode_jpeg(image::warp(scene().astronaut, {0.8F, 0, 0, 0}, 424, 400), 85)));
  const image::Picture wall{640, 480, 3, std::vector<std::uint8_t>(640UL * 480 * 3, 120)};
  jpegs.push_back(must(image::encode_jpeg(wall, 85)));
  return jpegs;
}

}  // namespace

int soak(long frames) {
  const auto jpegs = pictures();
  affect::Smoother smoother;
  double warm = 0, most = 0;
  long read = 0;
  const double began = thread_seconds();
  for (long i = 0; i < kWarmUp + frames; ++i) {
    if (i == kWarmUp) warm = most = resident_mib();
    const auto reading = seen(jpegs.at(static_cast<std::size_t>(i) % jpegs.size()));
    if (reading) ++read;
    smoother.observe(affect::Smoother::Seconds{static_cast<double>(i) / kPerSecond},
                     reading ? std::optional{reading->scores} : std::nullopt);
    if (i < kWarmUp || (i - kWarmUp + 1) % std::max(frames / kReports, 1L) != 0) continue;
    most = std::max(most, resident_mib());
    std::printf("%8ld frames  %8.2f MiB\n", i - kWarmUp + 1, resident_mib());
    std::fflush(stdout);
  }
  const double growth = most - warm;
  std::printf(
      "soak: %ld frames (%.1f min at %.0f/s) after %ld to warm up, a face read in %.0f %%, "
      "%.2f ms of CPU each\n",
      frames, static_cast<double>(frames) / kPerSecond / 60, kPerSecond, kWarmUp,
      100.0 * static_cast<double>(read) / static_cast<double>(frames + kWarmUp),
      1e3 * (thread_seconds() - began) / static_cast<double>(frames + kWarmUp));
  std::printf("soak: %.2f MiB warm, at most %.2f MiB more later (limit %.0f)\n", warm, growth,
              kMostGrowth);
  return read > 0 && smoother.mood() && growth <= kMostGrowth ? 0 : 1;
}

}  // namespace harmonic::bench
