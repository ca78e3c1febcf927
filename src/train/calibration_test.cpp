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

TEST(Calibration, WithoutAnswersNothingIsChanged) {
  const auto fitted = fit_head({3, {}, {}}, kNoRarity);
  EXPECT_EQ(fitted.temperature, 1);
  EXPECT_EQ(fitted.rarity, 0);
}

}  // namespace
}  // namespace harmonic::train
