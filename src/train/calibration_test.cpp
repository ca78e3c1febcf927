#include "train/calibration.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/dice.h"

namespace harmonic::train {
namespace {

/// Answers whose true label is drawn from softmax(logits / temperature): that temperature is right.
HeadAnswers drawn(double temperature, std::size_t count) {
  HeadAnswers answers{3, {}, {}};
  Dice dice{7};
  for (std::size_t i = 0; i < count; ++i) {
    std::array<double, 3> shares{};
    double sum = 0;
    for (auto& share : shares) {
      const float z = 2 * dice.normal();
      answers.logits.push_back(z);
      share = std::exp(z / temperature);
      sum += share;
    }
    double left = dice.unit() * sum;
    std::size_t truth = 0;
    while (truth < 2 && left > shares.at(truth)) left -= shares.at(truth++);
    answers.truths.push_back(truth);
  }
  return answers;
}

constexpr std::array kNoRarity{0.0, 0.0, 0.0};

TEST(Calibration, FindsTheTemperatureThatAnswersWereDrawnWith) {
  EXPECT_NEAR(fit_head(drawn(1, 20000), kNoRarity).temperature, 1, 0.04);
  EXPECT_NEAR(fit_head(drawn(2, 20000), kNoRarity).temperature, 2, 0.1);
  EXPECT_NEAR(fit_head(drawn(0.5, 20000), kNoRarity).temperature, 0.5, 0.03);
}

// The rare third label loses narrowly each time: raising it gains recall and costs no answer.
TEST(Calibration, RaisesARareLabelThatIsGivenTooSeldom) {
  HeadAnswers answers{3, {}, {}};
  for (int i = 0; i < 20; ++i) {
    const bool rare = i % 5 == 0;
    const std::array<float, 3> logits{2, -1, rare ? 1.6F : -2.0F};
    answers.logits.insert(answers.logits.end(), logits.begin(), logits.end());
    answers.truths.push_back(rare ? 2 : 0);
  }
  constexpr std::array<std::size_t, 3> kCounts{80, 80, 10};
  const auto rarity = rarity_of(kCounts);
  EXPECT_NEAR(rarity[0], -std::log(8.0) / 3, 1e-9);
  EXPECT_NEAR(rarity[2], 2 * std::log(8.0) / 3, 1e-9);
  const auto fitted = fit_head(answers, rarity);
  EXPECT_GT(fitted.rarity * (rarity[2] - rarity[0]), 0.4);
  EXPECT_LE(fitted.rarity, 0.5);
}

/// `count` faces of `truth`, for which `said` leads by `lead`.
void add_faces(HeadAnswers& answers, std::size_t count, std::size_t truth, std::size_t said,
               float lead) {
  for (std::size_t i = 0; i < count; ++i) {
    std::array<float, 3> logits{0, 0, 0};
    logits.at(truth) = 1;
    logits.at(said) = said == truth ? 3 : 1 + lead;
    answers.logits.insert(answers.logits.end(), logits.begin(), logits.end());
    answers.truths.push_back(truth);
  }
}

// Half of the second label's faces are narrowly called the first; nothing else is near.
TEST(Calibration, RaisesTheLabelThatIsFoundLeast) {
  HeadAnswers answers{3, {}, {}};
  add_faces(answers, 100, 0, 0, 0);
  add_faces(answers, 50, 1, 1, 0);
  add_faces(answers, 50, 1, 0, 0.12F);
  add_faces(answers, 100, 2, 2, 0);
  const auto raised = raise_least_found(answers);
  EXPECT_EQ(raised[0], 0);
  EXPECT_NEAR(raised[1], 0.15, 1e-9);
  EXPECT_EQ(raised[2], 0);
  EXPECT_EQ(fit_head(answers, kNoRarity).raised.size(), 3U);
}

// The failure: a label of a handful of faces bought at the cost of all others.
TEST(Calibration, ALabelOfFewFacesIsNotRaised) {
  HeadAnswers answers{3, {}, {}};
  add_faces(answers, 100, 0, 0, 0);
  add_faces(answers, 49, 1, 0, 0.12F);
  EXPECT_EQ(raise_least_found(answers), (std::vector<double>{0, 0, 0}));
}

TEST(Calibration, WhatFindsNothingIsNotRaised) {
  HeadAnswers answers{3, {}, {}};
  add_faces(answers, 900, 0, 0, 0);
  add_faces(answers, 60, 1, 0, 0.22F);  // found once raised by .25: more than is tried
  EXPECT_EQ(raise_least_found(answers), (std::vector<double>{0, 0, 0}));
}

// z becomes (z + rarity * r) / temperature + raised, and a label that is not measured z /
// temperature.
TEST(Calibration, IsFoldedIntoTheHead) {
  FoldedStep head;
  head.weight = {2, 4, 6};
  head.bias = {1, 1, 1};
  fold({2, 0.5, {0, 0.2}}, std::array{1.0, -1.0}, head);
  EXPECT_EQ(head.weight, (std::vector<float>{1, 2, 3}));
  EXPECT_FLOAT_EQ(head.bias[0], 0.75F);
  EXPECT_FLOAT_EQ(head.bias[1], 0.45F);
  EXPECT_FLOAT_EQ(head.bias[2], 0.5F);
}

TEST(Calibration, WithoutAnswersNothingIsChanged) {
  const auto fitted = fit_head({3, {}, {}}, kNoRarity);
  EXPECT_EQ(fitted.temperature, 1);
  EXPECT_EQ(fitted.rarity, 0);
}

}  // namespace
}  // namespace harmonic::train
