#include "tagging/tagging.h"

#include <gtest/gtest.h>

namespace harmonic::tagging {
namespace {

TEST(MoodWord, IsTheNearestOfTheCircle) {
  EXPECT_EQ(mood_word(ValenceArousal::clamped(0.7, 0.7)), "Energetic");
  EXPECT_EQ(mood_word(ValenceArousal::clamped(-0.8, -0.5)), "Melancholic");
  EXPECT_EQ(mood_word(ValenceArousal::clamped(0.5, -0.5)), "Relaxed");
  EXPECT_EQ(mood_word(ValenceArousal::clamped(0, -1)), "Sleepy");
  EXPECT_EQ(mood_word(ValenceArousal::clamped(-0.1, 1)), "Tense");
}

TEST(InitialKey, IsWrittenAsOtherProgramsDo) {
  EXPECT_EQ(initial_key({9, Mode::kMinor}), "Am");
  EXPECT_EQ(initial_key({6, Mode::kMajor}), "F#");
}

}  // namespace
}  // namespace harmonic::tagging
