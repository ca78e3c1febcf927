#include "audio/constant_q.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "audio/test_sound.h"

namespace harmonic::audio {
namespace {

std::size_t loudest(const std::array<float, kConstantQBins>& bins) {
  return static_cast<std::size_t>(std::max_element(bins.begin(), bins.end()) - bins.begin());
}

// The failure: an octave that is halved once too often, or a bin that is off by one.
TEST(ConstantQ, PutsEveryNoteInItsBin) {
  for (std::size_t bin = 3; bin < kConstantQBins; bin += 5) {
    const double hz = 32.703 * std::exp2(static_cast<double>(bin) / 12.0);
    const auto rows = constant_q(test::sine(hz, 0.5, 2.0), 0.0);
    EXPECT_EQ(rows.size(), 1 + test::samples(2.0) / 512);
    EXPECT_EQ(loudest(rows[rows.size() / 2]), bin) << hz << " Hz";
  }
}

TEST(ConstantQ, FollowsTheTuning) {
  const double half_way = 440.0 * std::exp2(0.4 / 12.0);
  const auto sound = test::sine(half_way, 0.5, 2.0);
  const auto off = constant_q(sound, 0.0);
  const auto on = constant_q(sound, 0.4);
  const auto middle = on.size() / 2;
  EXPECT_EQ(loudest(on[middle]), 45U);
  EXPECT_GT(on[middle][45], off[middle][45]);
}

TEST(ConstantQ, OfSilenceIsNothing) {
  for (const auto& row : constant_q(test::Sound(44100, 0.0F), 0.0)) {
    for (const float bin : row) EXPECT_EQ(bin, 0.0F);
  }
}

}  // namespace
}  // namespace harmonic::audio
