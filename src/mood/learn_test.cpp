#include "mood/learn.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/dice.h"
#include "mood/committee.h"

namespace harmonic::mood {
namespace {

/// y0 = x0 x1, y1 = sin(2 x2); x3 says nothing. Of every other example y1 is unknown.
Examples crooked(std::size_t count, std::uint64_t seed) {
  Examples examples{4, 2, {}, {}};
  Dice dice{seed};
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<float> x(4);
    for (float& value : x) value = dice.between(-1.5F, 1.5F);
    examples.x.insert(examples.x.end(), x.begin(), x.end());
    examples.y.push_back(x[0] * x[1]);
    examples.y.push_back(i % 2 == 0 ? std::sin(2.0F * x[2]) : kUnknown);
  }
  return examples;
}

/// Mean square error of a committee on what it has not seen, by output.
std::array<double, 2> error_of(const Committee& committee, const Examples& asked) {
  std::array<double, 2> sum{};
  std::array<double, 2> count{};
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto said = ask(committee, std::span{asked.x}.subspan(4 * i, 4)).mean;
    for (std::size_t j = 0; j < 2; ++j) {
      const float wanted = asked.y[2 * i + j];
      if (std::isnan(wanted)) continue;
      sum[j] += std::pow(static_cast<double>(said[j] - wanted), 2);
      count[j] += 1.0;
    }
  }
  return {sum[0] / count[0], sum[1] / count[1]};
}

/// `count` learned members.
Members learned(const Plan& plan, std::size_t count) { return {count, plan, 0, {}}; }

Plan plan() {
  Plan plan;
  plan.hidden = 24;
  plan.epochs = 80;
  plan.rate = 1e-2F;
  plan.decay = 0.0F;
  plan.dropped = 0.0F;
  return plan;
}

// The failure: a wrong slope still learns what is linear.
TEST(Learn, LearnsWhatIsNotLinear) {
  const auto committee = learn_together(crooked(600, 1), learned(plan(), 2));
  const auto [product, sine] = error_of(committee, crooked(300, 2));
  EXPECT_LT(product, 0.05);  // its variance is .56
  EXPECT_LT(sine, 0.05);     // .5
}

TEST(Learn, IsTheSameForTheSameSeed) {
  const auto examples = crooked(100, 1);
  auto other = plan();
  other.seed = 2;
  EXPECT_EQ(learn(examples, plan()).first, learn(examples, plan()).first);
  EXPECT_NE(learn(examples, plan()).first, learn(examples, other).first);
}

TEST(Learn, DroppedInputsDoNotMoveTheMean) {
  auto careful = plan();
  careful.dropped = 0.2F;
  careful.hidden = 64;
  const auto [product, sine] =
      error_of(learn_together(crooked(800, 1), learned(careful, 4)), crooked(300, 2));
  EXPECT_LT(product, 0.35);
  EXPECT_LT(sine, 0.3);
}

// The failure: an unknown target teaches as if it were one.
TEST(Waves, LearnWhatIsNotLinear) {
  const auto examples = crooked(600, 1);
  Members drawn{0, {}, 2, {128, 0.1F, 0.01F, 1}};
  const auto [product, sine] = error_of(learn_together(examples, drawn), crooked(300, 2));
  EXPECT_LT(product, 0.05);  // its variance is .56
  EXPECT_LT(sine, 0.05);     // .5
  auto unknown = examples;
  for (std::size_t i = 1; i < unknown.y.size(); i += 2) unknown.y[i] = kUnknown;
  EXPECT_EQ(error_of(learn_together(unknown, drawn), crooked(300, 2))[0], product);
}

TEST(Waves, AreTheSameForTheSameSeed) {
  const auto examples = crooked(100, 1);
  EXPECT_EQ(learn_waves(examples, {}).second, learn_waves(examples, {}).second);
  WavePlan other;
  other.seed = 2;
  EXPECT_NE(learn_waves(examples, {}).first, learn_waves(examples, other).first);
}

// The failure: what was never heard gets an answer that nothing was taught about.
TEST(Waves, AnswerTheMeanWhereNothingAlikeWasHeard) {
  const WavePlan narrow{512, 1.0F, 0.05F, 1};
  const auto network = learn_waves(crooked(600, 1), narrow);
  const auto far = answer(network, std::vector<float>{40.0F, 40.0F, 40.0F, 40.0F});
  EXPECT_NEAR(far[0], network.second_bias[0], 0.3F);
}

TEST(Committee, IsLeastSureWhereItNeverWas) {
  const auto committee = learn_together(crooked(300, 1), learned(plan(), 8));
  const auto doubt = [&](float at) {
    return ask(committee, std::vector<float>{at, at, at, at}).dissent[0];
  };
  EXPECT_GT(doubt(3.0F), 2.0F * doubt(0.2F));
}

TEST(Committee, WithstandsAColumnThatNeverChanges) {
  Examples examples{2, 1, {}, {}};
  for (int i = 0; i < 40; ++i) {
    const auto x = static_cast<float>(i) / 40.0F;
    examples.x.insert(examples.x.end(), {x, 7.0F});
    examples.y.push_back(x);
  }
  const auto said =
      ask(learn_together(examples, learned(plan(), 1)), std::vector<float>{0.5F, 7.0F}).mean;
  EXPECT_NEAR(said[0], 0.5F, 0.1F);
}

}  // namespace
}  // namespace harmonic::mood
