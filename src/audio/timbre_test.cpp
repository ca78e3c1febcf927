#include "audio/timbre.h"

#include <gtest/gtest.h>

#include "audio/decode.h"
#include "audio/test_sound.h"

namespace harmonic::audio {
namespace {

Timbre timbre_of(const test::Sound& sound) {
  TimbreMeter meter;
  meter.push(sound);
  return meter.finish();
}

test::Sound noise(double seconds) {
  std::minstd_rand random{11};
  std::uniform_real_distribution<float> level{-0.5F, 0.5F};
  test::Sound sound(test::samples(seconds, kFeatureRate));
  for (float& x : sound) x = level(random);
  return sound;
}

TEST(Timbre, KnowsTheSpectrumOfATone) {
  for (const double hz : {220.0, 1000.0, 4000.0}) {
    const auto timbre = timbre_of(test::sine(hz, 0.5, 3.0, kFeatureRate));
    EXPECT_NEAR(timbre.centroid_hz.mean(), hz, 30.0);
    EXPECT_NEAR(timbre.rolloff_hz.mean(), hz, 30.0);
    EXPECT_NEAR(timbre.crossings.mean(), 2.0 * hz / kFeatureRate, 0.002);
    EXPECT_NEAR(timbre.level_db.mean(), -9.03, 0.1);
    EXPECT_LT(timbre.flatness.mean(), 0.01);
    EXPECT_LT(timbre.flux.mean(), 0.02);
  }
}

TEST(Timbre, KnowsNoiseFromATone) {
  const auto timbre = timbre_of(noise(3.0));
  EXPECT_NEAR(timbre.centroid_hz.mean(), kFeatureRate / 4.0, 200.0);
  EXPECT_GT(timbre.flatness.mean(), 0.4);
  EXPECT_NEAR(timbre.crossings.mean(), 0.5, 0.02);
  EXPECT_GT(timbre.flux.mean(), 0.3);
  EXPECT_NEAR(timbre.treble_share, 7025.0 / 11025.0, 0.02);
}

// The failure: half a song of silence halves its brightness.
TEST(Timbre, SilenceDoesNotCount) {
  const test::Sound silence(kFeatureRate * 2, 0.0F);
  const auto plain = timbre_of(noise(2.0));
  const auto padded = timbre_of(test::joined(silence, test::joined(noise(2.0), silence)));
  EXPECT_NEAR(padded.centroid_hz.mean(), plain.centroid_hz.mean(), 150.0);
  EXPECT_NEAR(padded.mfcc[1].mean(), plain.mfcc[1].mean(), 5.0);
}

TEST(Timbre, BlockSizesDoNotMatter) {
  const auto sound = noise(1.5);
  TimbreMeter whole;
  whole.push(sound);
  for (const std::size_t size : {1U, 100U, 511U, 2048U, 10000U}) {
    TimbreMeter pieces;
    for (std::size_t at = 0; at < sound.size(); at += size) {
      pieces.push(std::span{sound}.subspan(at, std::min(size, sound.size() - at)));
    }
    EXPECT_EQ(pieces.finish().centroid_hz.mean(), whole.finish().centroid_hz.mean()) << size;
    EXPECT_EQ(pieces.onset_strength().all.size(), whole.onset_strength().all.size()) << size;
  }
}

}  // namespace
}  // namespace harmonic::audio
