#include "audio/texture.h"

#include <gtest/gtest.h>

#include <numeric>

#include "audio/decode.h"
#include "audio/test_sound.h"
#include "audio/timbre.h"

namespace harmonic::audio {
namespace {

Texture texture_of(const test::Sound& sound) {
  TimbreMeter meter;
  meter.push(sound);
  return meter.finish().texture;
}

/// A tone whose volume swings `hz` times a second.
test::Sound tremolo(double hz) {
  auto sound = test::sine(1000.0, 0.5, 20.0, kFeatureRate);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    const double time = static_cast<double>(i) / kFeatureRate;
    sound[i] *= static_cast<float>(0.55 + 0.45 * std::sin(2.0 * std::numbers::pi * hz * time));
  }
  return sound;
}

TEST(Texture, HearsAtWhichRateTheVolumeSwings) {
  const auto loudest = [](const Texture& texture) {
    const auto& swell = texture.swell[1];  // the group of bands around 1 kHz
    return std::max_element(swell.begin(), swell.end()) - swell.begin();
  };
  EXPECT_EQ(loudest(texture_of(tremolo(0.7))), 0);
  EXPECT_EQ(loudest(texture_of(tremolo(3.0))), 2);
  EXPECT_EQ(loudest(texture_of(tremolo(6.0))), 3);
}

TEST(Texture, SharesSumToOneEvenInSilence) {
  for (const auto& texture : {texture_of(tremolo(2.0)), TextureMeter{}.finish()}) {
    for (const auto& swell : texture.swell)
      EXPECT_NEAR(std::accumulate(swell.begin(), swell.end(), 0.0), 1.0, 1e-9);
  }
}

TEST(Texture, PeaksStandOut) {
  const auto tone = texture_of(test::chord({60, 64, 67}, 4.0, kFeatureRate));
  std::minstd_rand random{3};
  std::uniform_real_distribution<float> level{-0.5F, 0.5F};
  test::Sound noise(test::samples(4.0, kFeatureRate));
  for (float& x : noise) x = level(random);
  EXPECT_GT(tone.contrast_db[1].mean(), texture_of(noise).contrast_db[1].mean() + 10.0);
}

}  // namespace
}  // namespace harmonic::audio
