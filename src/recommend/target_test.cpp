#include "recommend/target.h"

#include <gtest/gtest.h>

#include "affect/circumplex.h"

namespace harmonic::recommend {
namespace {

TEST(Strategy, HasANameBothWays) {
  for (const auto name : kStrategyNames) {
    ASSERT_TRUE(strategy_named(name));
    EXPECT_EQ(name_of(*strategy_named(name)), name);
  }
  EXPECT_EQ(strategy_named("Lift"), std::nullopt);
  EXPECT_EQ(strategy_named(""), std::nullopt);
}

// The failures: "lift" that pulls a happy listener down, "calm" that winds a quiet one up.
TEST(Aim, NeverLeadsAwayFromItsGoal) {
  for (double valence = -1.0; valence <= 1.0; valence += 0.25) {
    for (double arousal = -1.0; arousal <= 1.0; arousal += 0.25) {
      const auto mood = ValenceArousal::clamped(valence, arousal);
      EXPECT_EQ(aim(mood, Strategy::kMatch), mood);
      const auto lift = aim(mood, Strategy::kLift);
      EXPECT_GE(lift.valence(), mood.valence());
      EXPECT_GE(lift.arousal(), mood.arousal());
      const auto calm = aim(mood, Strategy::kCalm);
      EXPECT_GE(calm.valence(), mood.valence());
      EXPECT_LE(calm.arousal(), mood.arousal());
    }
  }
}

TEST(Aim, GoesPartOfTheWay) {
  const auto sad = ValenceArousal::clamped(-0.8, -0.6);
  const auto lift = aim(sad, Strategy::kLift);
  EXPECT_NEAR(lift.valence(), -0.8 + kStepToGoal * (0.7 + 0.8), 1e-6);
  EXPECT_NEAR(lift.arousal(), -0.6 + kStepToGoal * (0.4 + 0.6), 1e-6);
  EXPECT_LT(distance(lift, lift_goal()), distance(sad, lift_goal()));
  const auto angry = ValenceArousal::clamped(-0.6, 0.8);
  const auto calm = aim(angry, Strategy::kCalm);
  EXPECT_NEAR(calm.arousal(), 0.8 + kStepToGoal * (-0.6 - 0.8), 1e-6);
}

TEST(Aim, TakesTheEmotionsPlace) {
  for (const auto name : affect::kEmotionNames) {
    const auto emotion = *affect::emotion_named(name);
    for (const auto strategy : {Strategy::kMatch, Strategy::kLift, Strategy::kCalm}) {
      EXPECT_EQ(aim(emotion, strategy), aim(affect::point_of(emotion), strategy)) << name;
    }
  }
  EXPECT_GT(aim(affect::Emotion::kHappy, Strategy::kMatch).valence(), 0.15F);
  EXPECT_LT(aim(affect::Emotion::kSad, Strategy::kMatch).valence(), -0.15F);
}

}  // namespace
}  // namespace harmonic::recommend
