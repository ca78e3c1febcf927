#include "evaluate/metrics.h"

#include <gtest/gtest.h>

#include "evaluate/faces.h"

namespace harmonic::evaluate {
namespace {

using affect::Emotion;

Answer answer(Emotion truth, Emotion top, float confidence = 1.0F) {
  Answer made{truth, {}};
  made.shares.fill((1 - confidence) / (kRatedCount - 1));
  made.shares.at(static_cast<std::size_t>(top)) = confidence;
  return made;
}

// Counted by hand: 4 neutral (3 right, 1 called sad), 2 happy (both right), 2 sad (1 right, 1
// called neutral). F1: neutral 2*3/(4+4) = .75, happy 1, sad 2*1/(2+2) = .5; mean .75.
TEST(Metrics, AgreeWithACountByHand) {
  const std::vector answers{
      answer(Emotion::kNeutral, Emotion::kNeutral), answer(Emotion::kNeutral, Emotion::kNeutral),
      answer(Emotion::kNeutral, Emotion::kNeutral), answer(Emotion::kNeutral, Emotion::kSad),
      answer(Emotion::kHappy, Emotion::kHappy),     answer(Emotion::kHappy, Emotion::kHappy),
      answer(Emotion::kSad, Emotion::kSad),         answer(Emotion::kSad, Emotion::kNeutral)};
  const auto scores = score(answers);
  ASSERT_TRUE(scores);
  EXPECT_EQ(scores->count, 8U);
  EXPECT_DOUBLE_EQ(scores->accuracy, 6.0 / 8);
  EXPECT_DOUBLE_EQ(scores->macro_f1, 0.75);
  EXPECT_DOUBLE_EQ(*scores->recall[0], 0.75);
  EXPECT_DOUBLE_EQ(*scores->recall[1], 1);
  EXPECT_DOUBLE_EQ(*scores->recall[3], 0.5);
  EXPECT_EQ(scores->confusion[0], (std::array<std::size_t, 7>{3, 0, 0, 1, 0, 0, 0}));
  EXPECT_EQ(scores->confusion[3], (std::array<std::size_t, 7>{1, 0, 0, 1, 0, 0, 0}));
}

// Absence is no measurement: an emotion without a picture has no recall, not a recall of 0.
TEST(Metrics, WhatHasNoPictureHasNoFigure) {
  EXPECT_EQ(score({}), std::nullopt);
  const std::vector answers{answer(Emotion::kHappy, Emotion::kHappy)};
  const auto scores = score(answers);
  EXPECT_EQ(scores->recall[0], std::nullopt);
  EXPECT_DOUBLE_EQ(scores->macro_f1, 1) << "averaged over happy alone";
}

// An emotion that is there and never answered pulls the mean down; one that is only answered does
// not count as a class but costs precision of none.
TEST(Metrics, MacroF1CountsWhatOccurs) {
  const std::vector answers{answer(Emotion::kAfraid, Emotion::kSurprised),
                            answer(Emotion::kHappy, Emotion::kHappy)};
  EXPECT_DOUBLE_EQ(macro_f1_of(confusion_of(answers)), 0.5);
  EXPECT_DOUBLE_EQ(macro_f1_of(Confusion{}), 0);
}

TEST(Metrics, CalibrationErrorIsTheGapInEachBin) {
  struct Case {
    const char* why;
    std::vector<Answer> answers;
    double wanted;
  };
  const auto sure = answer(Emotion::kSad, Emotion::kSad, 1.0F);
  const auto surely_wrong = answer(Emotion::kSad, Emotion::kHappy, 1.0F);
  const std::vector<Case> cases{
      {"sure and right", {sure, sure}, 0},
      {"sure and wrong", {surely_wrong, surely_wrong}, 1},
      {"half right at 100 %", {sure, surely_wrong}, 0.5},
      {"half right at 50 %",
       {answer(Emotion::kSad, Emotion::kSad, 0.5F), answer(Emotion::kSad, Emotion::kHappy, 0.5F)},
       0},
      // Bins of 1/15: .61 and .65 share the tenth; gap |1/2 - .63| over both.
      {"one bin",
       {answer(Emotion::kSad, Emotion::kSad, 0.61F), answer(Emotion::kSad, Emotion::kHappy, 0.65F)},
       0.13},
      // .55 and .95 are in bins of their own: (|1 - .55| + |0 - .95|) / 2.
      {"two bins",
       {answer(Emotion::kSad, Emotion::kSad, 0.55F), answer(Emotion::kSad, Emotion::kHappy, 0.95F)},
       0.7},
  };
  for (const auto& [why, answers, wanted] : cases) {
    EXPECT_NEAR(calibration_error_of(answers), wanted, 1e-6) << why;
  }
}

TEST(Metrics, EqualSharesAnswerTheFirst) {
  EXPECT_EQ(top_of(Shares{}), Emotion::kNeutral);
  EXPECT_EQ(top_of({0, 0.4F, 0.4F, 0, 0, 0, 0.2F}), Emotion::kHappy);
}

// The two label sets have different orders: a mix-up would swap neutral and angry.
TEST(Faces, SharesAreInOneOrder) {
  const auto fer2013 = shares_of_fer2013({0.1F, 0.2F, 0.3F, 0.05F, 0.15F, 0.06F, 0.14F});
  EXPECT_EQ(fer2013, (Shares{0.14F, 0.05F, 0.06F, 0.15F, 0.1F, 0.2F, 0.3F}));
  EXPECT_EQ(emotion_of_label(0), Emotion::kAngry);
  EXPECT_EQ(emotion_of_label(6), Emotion::kNeutral);
}

TEST(Faces, ContemptIsLeftOutAndTheRestScaled) {
  const auto shares = shares_of_ferplus({0.2F, 0.1F, 0, 0.1F, 0, 0, 0.1F, 0.5F});
  EXPECT_FLOAT_EQ(shares[0], 0.4F);
  EXPECT_FLOAT_EQ(shares[1], 0.2F);
  const auto none = shares_of_ferplus({0, 0, 0, 0, 0, 0, 0, 1});
  EXPECT_FLOAT_EQ(none[3], 1.0F / 7);
}

// Surest first: right .9, wrong .8, right .6. Two of three are half right; the share is rounded up.
TEST(Metrics, SelectiveAccuracyTakesTheSurest) {
  const std::vector answers{answer(Emotion::kHappy, Emotion::kHappy, 0.6F),
                            answer(Emotion::kSad, Emotion::kHappy, 0.8F),
                            answer(Emotion::kSad, Emotion::kSad, 0.9F)};
  EXPECT_DOUBLE_EQ(selective_accuracy_of(answers, 0.3), 1);
  EXPECT_DOUBLE_EQ(selective_accuracy_of(answers, 0.6), 0.5);
  EXPECT_DOUBLE_EQ(selective_accuracy_of(answers, 1), 2.0 / 3);
  EXPECT_DOUBLE_EQ(selective_accuracy_of({}, 0.7), 0);
}

TEST(Metrics, ReliabilityIsTheMeanOfEachBin) {
  const std::vector answers{answer(Emotion::kHappy, Emotion::kHappy, 0.61F),
                            answer(Emotion::kSad, Emotion::kHappy, 0.65F)};
  const auto bins = reliability_of(answers);
  EXPECT_EQ(bins.at(9).count, 2U) << ".6 to .667";
  EXPECT_NEAR(bins.at(9).confidence, 0.63, 1e-6);
  EXPECT_DOUBLE_EQ(bins.at(9).accuracy, 0.5);
  EXPECT_EQ(bins.at(0).count, 0U);
}

}  // namespace
}  // namespace harmonic::evaluate
