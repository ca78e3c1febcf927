#include "audio/excerpt.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "audio/test_sound.h"

namespace harmonic::audio {
namespace {

/// Each sample says in which second it is.
std::vector<float> seconds(int count, int rate) {
  std::vector<float> sound;
  for (int s = 0; s < count; ++s)
    sound.insert(sound.end(), static_cast<std::size_t>(rate), static_cast<float>(s));
  return sound;
}

TEST(Excerpt, TakesTheSecondsThatItPromises) {
  struct Case {
    int length;
    float first;
    float last;
  };
  for (const auto& [length, first, last] :
       {Case{10, 0, 9}, Case{45, 0, 44}, Case{60, 15, 59}, Case{75, 30, 74}, Case{200, 30, 74}}) {
    auto excerpt = Excerpt::make(44100, 1);
    ASSERT_TRUE(excerpt);
    excerpt->push(seconds(length, 44100));
    const auto sound = excerpt->take();
    EXPECT_EQ(sound.front(), first) << length << " s";
    EXPECT_EQ(sound.back(), last) << length << " s";
  }
}

TEST(Excerpt, IsMonoAt44100Hz) {
  auto excerpt = Excerpt::make(48000, 2);
  ASSERT_TRUE(excerpt);
  const auto mono = test::sine(1000.0, 0.5, 2.0, 48000);
  std::vector<float> both;
  for (const float x : mono) both.insert(both.end(), {x, 0.0F});
  excerpt->push(both);
  const auto sound = excerpt->take();
  EXPECT_NEAR(static_cast<double>(sound.size()), 88200.0, 50.0);
  EXPECT_NEAR(*std::max_element(sound.begin() + 1000, sound.end() - 1000), 0.25F, 0.01F);
}

}  // namespace
}  // namespace harmonic::audio
