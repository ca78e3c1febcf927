#include "audio/tempogram.h"

#include <gtest/gtest.h>

namespace harmonic::audio {
namespace {

std::vector<float> pulses(std::size_t length, std::size_t apart) {
  std::vector<float> strength(length, 0.0F);
  for (std::size_t i = apart; i < length; i += apart) strength[i] = 1.0F;
  return strength;
}

TEST(FindOnsets, FindsEachPulseOnce) {
  const auto onsets = find_onsets(pulses(400, 40), 86.0);
  ASSERT_EQ(onsets.size(), 9U);
  for (std::size_t i = 0; i < onsets.size(); ++i) EXPECT_EQ(onsets[i], 40 * (i + 1));
}

TEST(FindOnsets, FindsNothingWhereNothingChanges) {
  EXPECT_TRUE(find_onsets(std::vector<float>(300, 2.0F), 86.0).empty());
  EXPECT_TRUE(find_onsets({}, 86.0).empty());
}

// A regular pulse repeats at few lags: the lower its mean, the sparser.
TEST(Tempogram, IsSparserForSlowerPulses) {
  const auto fast = tempogram(pulses(1000, 10));
  const auto slow = tempogram(pulses(1000, 80));
  EXPECT_EQ(fast.count(), 1000 * 384);
  EXPECT_GT(fast.mean(), 2.0 * slow.mean());
  EXPECT_EQ(tempogram({}).count(), 0);
}

}  // namespace
}  // namespace harmonic::audio
