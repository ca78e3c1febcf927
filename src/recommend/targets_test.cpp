#include "recommend/targets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "affect/circumplex.h"

namespace harmonic::recommend {
namespace {

using affect::Emotion;
using testing::HasSubstr;

ValenceArousal at(double valence, double arousal) {
  return ValenceArousal::clamped(valence, arousal);
}

Targets shipped() {
  std::ifstream file{std::string{HARMONIC_SOURCE_DIR} + "/share/targets.txt"};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  return Targets::read(text, "targets.txt").value();
}

TEST(Targets, TheShippedFileHasTheGoalsOfTheProgram) {
  const auto targets = shipped();
  for (const auto strategy : {Strategy::kLift, Strategy::kCalm, Strategy::kFocus})
    EXPECT_EQ(targets.goal(strategy), Targets{}.goal(strategy)) << name_of(strategy);
  for (const auto emotion :
       {Emotion::kAngry, Emotion::kAfraid, Emotion::kSurprised, Emotion::kDisgusted})
    EXPECT_TRUE(targets.goal(emotion, Strategy::kLift)) << affect::name_of(emotion);
}

TEST(Targets, AreReadFromLines) {
  const auto targets =
      Targets::read("# a comment\n\nany calm 0.2 -0.8\r\n  sad\tmatch +0.1 0 # gently\n", "mine")
          .value();
  EXPECT_EQ(targets.goal(Strategy::kCalm), at(0.2, -0.8));
  EXPECT_EQ(targets.goal(Strategy::kLift), lift_goal());
  EXPECT_EQ(targets.goal(Emotion::kSad, Strategy::kMatch), at(0.1, 0));
  EXPECT_EQ(targets.goal(Emotion::kHappy, Strategy::kMatch), std::nullopt);
}

TEST(Targets, AWrongLineIsNamed) {
  struct Case {
    const char* text;
    const char* told;
  };
  for (const auto& [text, told] : {
           Case{"any lift 0.5", "mine:1: a line is"},
           Case{"\nany lift 0.5 0.1 0.2", "mine:2: a line is"},
           Case{"# x\n#\nmoody lift 0 0", "mine:3: \"moody\""},
           Case{"sad raise 0 0", "\"raise\""},
           Case{"sad lift 1.5 0", "-1 to 1"},
           Case{"sad lift nan 0", "-1 to 1"},
           Case{"sad lift 0.1x 0", "-1 to 1"},
           Case{"any match 0 0", "match stays"},
           Case{"any lift 0 0\nany lift 0 0", "mine:2: this goal"},
           Case{"sad lift 0 0\nsad lift 0 0", "mine:2: this goal"},
       }) {
    const auto read = Targets::read(text, "mine");
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().kind, ErrorKind::kInvalidInput);
    EXPECT_THAT(read.error().message, HasSubstr(told));
  }
}

TEST(AimWithTargets, LeadsFromAnExpressionToItsOwnGoal) {
  const auto targets = shipped();
  const auto angry = affect::point_of(Emotion::kAngry);
  const auto lifted = aim(angry, Strategy::kLift, targets);
  EXPECT_NEAR(lifted.valence(), -0.51 + kStepToGoal * (0.50 + 0.51), 1e-3);
  EXPECT_NEAR(lifted.arousal(), 0.59 + kStepToGoal * (-0.10 - 0.59), 1e-3);
  for (const auto emotion :
       {Emotion::kHappy, Emotion::kSad, Emotion::kNeutral, Emotion::kContemptuous}) {
    const auto place = affect::point_of(emotion);
    for (const auto strategy : {Strategy::kMatch, Strategy::kLift, Strategy::kCalm}) {
      EXPECT_LT(distance(aim(place, strategy, targets), aim(place, strategy)), 1e-3F)
          << affect::name_of(emotion) << " " << name_of(strategy);
    }
  }
}

// The failure: a queue that turns over when the mood is dragged by a pixel.
TEST(AimWithTargets, DoesNotJump) {
  const auto targets = shipped();
  for (double arousal = -1; arousal <= 1; arousal += 0.1) {
    auto before = aim(at(-1, arousal), Strategy::kLift, targets);
    for (double valence = -0.99; valence <= 1; valence += 0.01) {
      const auto now = aim(at(valence, arousal), Strategy::kLift, targets);
      EXPECT_LT(distance(before, now), 0.1F) << valence << ", " << arousal;
      before = now;
    }
  }
}

TEST(AimWithTargets, FocusIsTheSameFromEverywhere) {
  EXPECT_EQ(aim(at(-0.9, 0.9), Strategy::kFocus), focus_goal());
  EXPECT_EQ(aim(at(0.9, -0.9), Strategy::kFocus), focus_goal());
}

}  // namespace
}  // namespace harmonic::recommend
