#include "audio/progression.h"

#include <gtest/gtest.h>

#include "audio/decode.h"
#include "audio/harmony.h"
#include "audio/test_sound.h"

namespace harmonic::audio {
namespace {

constexpr double kPerSecond = 5.4;

Moment triad(std::size_t root, std::size_t third) {
  Moment moment;
  for (const auto step : {std::size_t{0}, third, std::size_t{7}})
    moment.chroma[(root + step) % 12] = 1.0F / 3.0F;
  moment.highest = 72.0F;
  moment.lowest = 48.0F;
  moment.centre = 60.0F;
  moment.partials = 3.0F;
  return moment;
}

std::vector<Moment> held(std::initializer_list<Moment> chords, std::size_t length) {
  std::vector<Moment> moments;
  for (const auto& chord : chords) moments.insert(moments.end(), length, chord);
  return moments;
}

TEST(Progression, CountsDegreesFromTheHomeKey) {
  // C, F, G, a minor, each for 20 moments.
  const auto moments = held({triad(0, 4), triad(5, 4), triad(7, 4), triad(9, 3)}, 20);
  for (const Key key : {Key{0, Mode::kMajor}, Key{9, Mode::kMinor}}) {
    const auto progression = describe_progression(moments, key, kPerSecond);
    EXPECT_NEAR(progression.major_share, 0.75, 0.05);
    EXPECT_NEAR(progression.minor_share, 0.25, 0.05);
    EXPECT_NEAR(progression.major_degrees[0], 0.25, 0.05);
    EXPECT_NEAR(progression.major_degrees[5], 0.25, 0.05);
    EXPECT_NEAR(progression.major_degrees[7], 0.25, 0.05);
    EXPECT_NEAR(progression.minor_degrees[9], 0.25, 0.05);
    EXPECT_NEAR(progression.changes_per_second, 3.0 * kPerSecond / 80.0, 0.02);
  }
}

TEST(Progression, IsTheSameInEveryKey) {
  const auto here =
      describe_progression(held({triad(0, 4), triad(9, 3)}, 30), {0, Mode::kMajor}, kPerSecond);
  const auto there =
      describe_progression(held({triad(5, 4), triad(2, 3)}, 30), {5, Mode::kMajor}, kPerSecond);
  EXPECT_EQ(here.major_degrees, there.major_degrees);
  EXPECT_EQ(here.minor_degrees, there.minor_degrees);
  EXPECT_NEAR(here.local_majorness.mean(), there.local_majorness.mean(), 1e-6);
  EXPECT_NEAR(here.tension[0].mean(), there.tension[0].mean(), 1e-6);
}

TEST(Progression, OfNothingIsNothing) {
  const auto progression = describe_progression({}, {}, kPerSecond);
  EXPECT_EQ(progression.fit.count(), 0);
  EXPECT_EQ(progression.major_share, 0.0);
}

// Through the ears: a sounding cadence in minor is heard as minor chords.
TEST(Progression, HearsMajorFromMinor) {
  const auto heard = [](bool major) {
    HarmonyMeter meter;
    meter.push(test::cadence(60, major, 16.0, kFeatureRate));
    return meter.finish().progression;
  };
  EXPECT_GT(heard(true).major_share, heard(true).minor_share);
  EXPECT_GT(heard(false).minor_share, heard(true).minor_share);
  EXPECT_GT(heard(true).local_majorness.mean(), heard(false).local_majorness.mean());
}

}  // namespace
}  // namespace harmonic::audio
