#include "audio/rhythm.h"

#include <gtest/gtest.h>

#include "audio/decode.h"
#include "audio/test_sound.h"
#include "audio/timbre.h"

namespace harmonic::audio {
namespace {

constexpr double kPerSecond = static_cast<double>(kFeatureRate) / kTimbreHop;

Rhythm rhythm_of(const test::Sound& sound) {
  TimbreMeter meter;
  meter.push(sound);
  return measure_rhythm(meter.onset_strength(), kPerSecond);
}

// The failure: half or double the tempo. Equal clicks leave no doubt what the beat is.
TEST(Rhythm, FindsTheTempoOfClicks) {
  for (const double bpm : {60.0, 75.0, 90.0, 100.0, 120.0, 128.0, 140.0, 160.0}) {
    const auto rhythm = rhythm_of(test::clicks(bpm, 30.0, kFeatureRate));
    ASSERT_TRUE(rhythm.tempo) << bpm;
    EXPECT_NEAR(rhythm.tempo->bpm(), bpm, bpm * 0.002);
    EXPECT_GT(rhythm.confidence, 0.6) << bpm;
    EXPECT_NEAR(rhythm.onsets_per_second, bpm / 60.0, 0.15) << bpm;
  }
}

// As fast as that, music has its beat on every second onset as often as not (decision 166).
TEST(Rhythm, EveryClickOrEverySecondOneIsABeatOfFastClicks) {
  for (const double bpm : {174.0, 190.0, 200.0}) {
    const auto rhythm = rhythm_of(test::clicks(bpm, 30.0, kFeatureRate));
    ASSERT_TRUE(rhythm.tempo) << bpm;
    const double said = rhythm.tempo->bpm();
    EXPECT_NEAR(said > 0.75 * bpm ? said : 2.0 * said, bpm, bpm * 0.01);
  }
}

// Quiet clicks between loud ones, in a bed of noise, are eighth notes and no doubled tempo.
TEST(Rhythm, WeakSubdivisionsDoNotDoubleTheTempo) {
  std::minstd_rand random{5};
  std::uniform_real_distribution<float> level{-0.02F, 0.02F};
  for (const double bpm : {80.0, 90.0, 105.0}) {
    auto weak = test::clicks(2.0 * bpm, 30.0, kFeatureRate);
    for (float& x : weak) x = 0.1F * x + level(random);
    const auto rhythm = rhythm_of(test::mixed(test::clicks(bpm, 30.0, kFeatureRate), weak));
    ASSERT_TRUE(rhythm.tempo) << bpm;
    EXPECT_NEAR(rhythm.tempo->bpm(), bpm, bpm * 0.01);
  }
}

// Absence is no measurement: a tone has no beat, so it must not get the most usual one.
TEST(Rhythm, ATonelessPulseHasNoTempo) {
  EXPECT_FALSE(rhythm_of(test::sine(440.0, 0.5, 20.0, kFeatureRate)).tempo);
  EXPECT_FALSE(rhythm_of({}).tempo);
  EXPECT_FALSE(measure_rhythm({}, kPerSecond).tempo);
  std::minstd_rand random{3};
  std::vector<float> irregular(2000, 0.0F);
  for (std::size_t i = 0; i < irregular.size(); i += 5 + random() % 60) irregular[i] = 5.0F;
  EXPECT_LT(measure_rhythm({irregular, irregular, irregular}, kPerSecond).confidence, 0.15);
}

}  // namespace
}  // namespace harmonic::audio
