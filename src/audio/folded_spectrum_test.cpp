#include "audio/folded_spectrum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace harmonic::audio {
namespace {

constexpr std::size_t kBins = 1025;
constexpr double kBinHz = 44100.0 / 2048.0;

/// The pitch class, from C, that a tone at `hz` counts for most.
std::size_t class_of(double hz, double tuning_semitones) {
  std::vector<float> power(kBins, 0.0F);
  power[static_cast<std::size_t>(std::lround(hz / kBinHz))] = 1.0F;
  const auto classes = FoldedSpectrum{kBins, kBinHz, tuning_semitones}(power);
  return static_cast<std::size_t>(std::max_element(classes.begin(), classes.end()) -
                                  classes.begin());
}

// The bins are 21.5 Hz apart, so only notes of the upper octaves lie in one of their own.
TEST(FoldedSpectrum, OctavesFallTogether) {
  for (const double hz : {880.0, 1760.0, 3520.0}) EXPECT_EQ(class_of(hz, 0.0), 9U) << hz;
  EXPECT_EQ(class_of(2093.0, 0.0), 0U);  // C7
}

TEST(FoldedSpectrum, FollowsTheTuning) {
  EXPECT_EQ(class_of(3520.0 * std::exp2(0.6 / 12.0), 0.0), 10U);
  EXPECT_EQ(class_of(3520.0 * std::exp2(0.6 / 12.0), 0.4), 9U);
}

}  // namespace
}  // namespace harmonic::audio
