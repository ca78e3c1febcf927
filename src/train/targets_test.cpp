#include "train/targets.h"

#include <gtest/gtest.h>

#include <numeric>

namespace harmonic::train {
namespace {

using evaluate::Votes;

constexpr std::uint8_t kAngryLabel = 0;
constexpr std::uint8_t kHappyLabel = 3;
constexpr std::uint8_t kNeutralLabel = 6;

float sum(const auto& shares) { return std::accumulate(shares.begin(), shares.end(), 0.0F); }

TEST(Targets, VotesBecomeADistributionWeightedByWhoSawAnEmotion) {
  // 8 of 10 saw an emotion: 4 neutral, 2 sad, 2 contemptuous.
  const auto target = target_of(kNeutralLabel, {{4, 0, 0, 2, 0, 0, 0, 2}, 2, 0});
  EXPECT_FLOAT_EQ(target.ferplus[0], 0.5F);
  EXPECT_FLOAT_EQ(target.ferplus[3], 0.25F);
  EXPECT_FLOAT_EQ(target.ferplus[7], 0.25F);
  EXPECT_FLOAT_EQ(sum(target.ferplus), 1);
  EXPECT_FLOAT_EQ(target.ferplus_weight, 0.8F);
}

// By hand: .85 for the label; .075 over all seven; .075 as the raters say (half angry, half sad).
TEST(Targets, SmoothingFollowsTheRaters) {
  const auto target = target_of(kAngryLabel, {{0, 0, 0, 5, 5, 0, 0, 0}, 0, 0});
  EXPECT_FLOAT_EQ(target.fer2013[kAngryLabel], 0.85F + 0.075F / 7 + 0.0375F);
  EXPECT_FLOAT_EQ(target.fer2013[4], 0.075F / 7 + 0.0375F) << "sad is FER2013's label 4";
  EXPECT_FLOAT_EQ(target.fer2013[kHappyLabel], 0.075F / 7);
  EXPECT_FLOAT_EQ(sum(target.fer2013), 1);
}

// The failure: a picture of nothing, labelled "happy" by the search engine that delivered it.
TEST(Targets, WhoCountsAndWhoDoesNot) {
  struct Case {
    const char* why;
    Votes votes;
    float fer2013_weight, ferplus_weight;
  };
  const std::array cases{
      Case{"all agree", {{0, 10, 0, 0, 0, 0, 0, 0}, 0, 0}, 1, 1},
      Case{"most see no face", {{0, 4, 0, 0, 0, 0, 0, 0}, 0, 6}, 0, 0},
      Case{"half see no face", {{0, 5, 0, 0, 0, 0, 0, 0}, 0, 5}, 1, 0.5F},
      Case{"nobody is sure", {{0, 0, 0, 0, 0, 0, 0, 0}, 10, 0}, 1, 0},
      Case{"nobody was asked", {}, 1, 0},
      Case{"contempt alone", {{0, 0, 0, 0, 0, 0, 0, 10}, 0, 0}, 1, 1},
  };
  for (const auto& [why, votes, fer2013_weight, ferplus_weight] : cases) {
    const auto target = target_of(kHappyLabel, votes);
    EXPECT_FLOAT_EQ(target.fer2013_weight, fer2013_weight) << why;
    EXPECT_FLOAT_EQ(target.ferplus_weight, ferplus_weight) << why;
    if (fer2013_weight > 0) {
      EXPECT_FLOAT_EQ(sum(target.fer2013), 1) << why;
    }
  }
}

TEST(Targets, ABlendKeepsWeightsAndLeavesOutWhatTeachesNothing) {
  const auto happy = target_of(kHappyLabel, {{0, 10, 0, 0, 0, 0, 0, 0}, 0, 0});
  const auto nothing = target_of(kHappyLabel, {{}, 0, 10});
  const auto both = mixed(happy, nothing, 0.25F);
  EXPECT_FLOAT_EQ(both.fer2013_weight, 0.75F);
  EXPECT_EQ(both.fer2013, happy.fer2013);
  const auto angry = target_of(kAngryLabel, {{0, 0, 0, 0, 10, 0, 0, 0}, 0, 0});
  const auto mean = mixed(happy, angry, 0.5F);
  EXPECT_FLOAT_EQ(mean.ferplus[1], 0.5F);
  EXPECT_FLOAT_EQ(mean.ferplus[4], 0.5F);
  EXPECT_FLOAT_EQ(sum(mean.fer2013), 1);
}

TEST(Targets, ALessonTakesItsShareAndNoWeight) {
  auto target = target_of(kHappyLabel, {{0, 10, 0, 0, 0, 0, 0, 0}, 0, 0});
  Lesson lesson;
  lesson.fer2013[kNeutralLabel] = 1;
  lesson.ferplus[0] = 1;
  const auto taught = taught_target(target, lesson, 0.5F);
  EXPECT_FLOAT_EQ(taught.ferplus[0], 0.5F);
  EXPECT_FLOAT_EQ(taught.ferplus[1], 0.5F);
  EXPECT_FLOAT_EQ(sum(taught.fer2013), 1);
  EXPECT_EQ(taught.ferplus_weight, target.ferplus_weight);
  EXPECT_EQ(taught_target({}, lesson, 0.5F).fer2013_weight, 0);
}

}  // namespace
}  // namespace harmonic::train
