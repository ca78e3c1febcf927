#include "audio/loudness.h"

#include <gtest/gtest.h>

#include <cmath>

#include "audio/test_sound.h"

namespace harmonic::audio {
namespace {

double amplitude(double dbfs) { return std::pow(10.0, dbfs / 20.0); }

Loudness stereo_loudness(const test::Sound& mono) {
  test::Sound both;
  for (const float x : mono) both.insert(both.end(), {x, x});
  auto meter = LoudnessMeter::make(test::kRate, 2);
  meter->push(both);
  return meter->finish();
}

// Source  EBU Tech 3341, test cases 1 and 2: 1000 Hz sine in both channels.
TEST(Loudness, MeetsTheReferenceTones) {
  for (const double dbfs : {-23.0, -33.0}) {
    const auto loudness = stereo_loudness(test::sine(1000.0, amplitude(dbfs), 20.0));
    ASSERT_TRUE(loudness.integrated_lufs);
    EXPECT_NEAR(*loudness.integrated_lufs, dbfs, 0.1);
    EXPECT_NEAR(loudness.range_lu, 0.0, 0.1);
    EXPECT_NEAR(loudness.peak, amplitude(dbfs), 1e-3);
  }
}

// Source  EBU Tech 3342, test case 1: 20 s at -20 dBFS then 20 s at -30 dBFS has a range of 10 LU.
TEST(Loudness, MeetsTheReferenceRange) {
  const auto loudness = stereo_loudness(test::joined(test::sine(1000.0, amplitude(-20.0), 20.0),
                                                     test::sine(1000.0, amplitude(-30.0), 20.0)));
  EXPECT_NEAR(loudness.range_lu, 10.0, 1.0);
}

// The failure: a mono song counts 3 LU too quiet beside the same song in stereo.
TEST(Loudness, MonoIsAsLoudAsTheSameInStereo) {
  const auto tone = test::sine(1000.0, amplitude(-23.0), 10.0);
  auto meter = LoudnessMeter::make(test::kRate, 1);
  meter->push(tone);
  EXPECT_NEAR(*meter->finish().integrated_lufs, -23.0, 0.1);
}

TEST(Loudness, SilenceHasNone) {
  EXPECT_FALSE(stereo_loudness(test::Sound(test::kRate * 5, 0.0F)).integrated_lufs);
  EXPECT_FALSE(stereo_loudness({}).integrated_lufs);
}

}  // namespace
}  // namespace harmonic::audio
