#include "audio/harmony.h"

#include <gtest/gtest.h>

#include "audio/decode.h"
#include "audio/test_sound.h"

namespace harmonic::audio {
namespace {

Harmony harmony_of(const test::Sound& sound) {
  HarmonyMeter meter;
  meter.push(sound);
  return meter.finish();
}

// The failure: overtones turn minor into major, and the fifth into the tonic.
TEST(Harmony, FindsTheKeyOfACadence) {
  for (std::uint8_t tonic = 0; tonic < 12; ++tonic) {
    for (const Mode mode : {Mode::kMinor, Mode::kMajor}) {
      const Key key{tonic, mode};
      const auto harmony =
          harmony_of(test::cadence(57 + (tonic + 3) % 12, mode == Mode::kMajor, 8.0, kFeatureRate));
      ASSERT_TRUE(harmony.key) << name_of(key);
      EXPECT_EQ(name_of(*harmony.key), name_of(key));
      EXPECT_GT(harmony.key_strength, 0.7) << name_of(key);
      EXPECT_EQ(harmony.majorness > 0.0, mode == Mode::kMajor) << name_of(key);
    }
  }
}

TEST(Harmony, FindsTheKeyOfADetunedBand) {
  for (const double cents : {-35.0, -20.0, 20.0, 35.0}) {
    const auto harmony = harmony_of(test::cadence(60, true, 8.0, kFeatureRate, cents));
    EXPECT_NEAR(harmony.tuning_cents, cents, 8.0);
    ASSERT_TRUE(harmony.key) << cents;
    EXPECT_EQ(name_of(*harmony.key), "C major") << cents;
  }
}

TEST(Harmony, SilenceHasNoKey) {
  EXPECT_FALSE(harmony_of(test::Sound(kFeatureRate * 3, 0.0F)).key);
  EXPECT_FALSE(harmony_of({}).key);
}

// Source  Plomp and Levelt 1965: a semitone is rough, a fifth is smooth.
TEST(Harmony, ASemitoneIsRougherThanAFifth) {
  const auto fifth = harmony_of(test::chord({60, 67}, 3.0, kFeatureRate));
  const auto semitone = harmony_of(test::chord({60, 61}, 3.0, kFeatureRate));
  EXPECT_GT(semitone.roughness.mean(), 2.0 * fifth.roughness.mean());
}

TEST(Harmony, EveryStepIsSeenFromTheTonic) {
  const auto harmony = harmony_of(test::cadence(62, true, 8.0, kFeatureRate));
  double sum = 0.0;
  for (const double share : harmony.from_tonic) sum += share;
  EXPECT_NEAR(sum, 1.0, 1e-9);
  EXPECT_GT(harmony.from_tonic[0], harmony.from_tonic[1]);
  EXPECT_GT(harmony.from_tonic[4], harmony.from_tonic[3]);
}

}  // namespace
}  // namespace harmonic::audio
