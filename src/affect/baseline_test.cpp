#include "affect/baseline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

namespace harmonic::affect {
namespace {

// Neutral, happy, surprised, sad, angry, disgusted, afraid, contemptuous.
constexpr EmotionScores kOrdinaryRest{0.80F, 0.02F, 0.02F, 0.08F, 0.04F, 0.01F, 0.01F, 0.02F};
constexpr EmotionScores kStern{0.35F, 0.01F, 0.01F, 0.12F, 0.45F, 0.02F, 0.02F, 0.02F};
constexpr EmotionScores kSmile{0.03F, 0.95F, 0.01F, 0.002F, 0.002F, 0.002F, 0.002F, 0.002F};

std::vector<EmotionScores> capture(const EmotionScores& rest, std::size_t count = 30) {
  return std::vector<EmotionScores>(count, rest);
}

std::size_t leader(const EmotionScores& scores) {
  return static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

TEST(Baseline, AnOrdinaryFaceIsLeftAsItIs) {
  const auto baseline = Baseline::learn(capture(kOrdinaryRest));
  ASSERT_TRUE(baseline) << baseline.error().message;
  for (const float by : baseline->correction()) EXPECT_FLOAT_EQ(by, 0.0F);
  for (std::size_t i = 0; i < kEmotionCount; ++i) {
    EXPECT_NEAR(baseline->apply(kStern).at(i), kStern.at(i), 1e-6F);
    EXPECT_NEAR(Baseline{}.apply(kStern).at(i), kStern.at(i), 1e-6F);
  }
}

// Guards against a resting face that is read as a mood all day long.
TEST(Baseline, AFaceThatLooksAngryAtRestIsNeutralAfterIt) {
  const auto baseline = Baseline::learn(capture(kStern));
  ASSERT_TRUE(baseline) << baseline.error().message;
  const auto corrected = baseline->apply(kStern);
  EXPECT_EQ(leader(corrected), 0U);
  EXPECT_NEAR(std::accumulate(corrected.begin(), corrected.end(), 0.0F), 1.0F, 1e-5F);
  // By hand: log(.12 / .35) = -1.07 stands .93 above -2.
  EXPECT_NEAR(baseline->correction().at(3), -0.93F, 0.01F);
  EXPECT_FLOAT_EQ(baseline->correction().at(4), -Baseline::kMost);
}

// Guards against a correction that swallows what the face really shows.
TEST(Baseline, AClearExpressionStaysWhatItIs) {
  EmotionScores furious{};
  furious.fill(0.01F);
  furious.at(4) = 0.93F;
  const auto corrected = Baseline::learn(capture(kStern))->apply(furious);
  EXPECT_EQ(leader(corrected), 4U);
  EXPECT_GT(corrected.at(4), 0.8F);
  EXPECT_EQ(leader(Baseline::learn(capture(kStern))->apply(kSmile)), 1U);
}

TEST(Baseline, NoCaptureTakesAwayMoreThanTheBound) {
  for (const float shown : {0.1F, 0.3F, 0.5F, 0.7F}) {
    EmotionScores rest{};
    rest.fill((1 - shown) / 7);
    rest.at(3) = shown;
    const auto baseline = Baseline::learn(capture(rest));
    ASSERT_TRUE(baseline) << shown << ": " << baseline.error().message;
    for (const float by : baseline->correction()) {
      EXPECT_LE(by, 0.0F);
      EXPECT_GE(by, -Baseline::kMost);
    }
  }
}

struct Refused {
  const char* what;
  std::vector<EmotionScores> rest;
  const char* told;
};

TEST(Baseline, RefusesWhatIsNoRest) {
  auto restless = capture(kOrdinaryRest);
  for (std::size_t i = 0; i < restless.size(); i += 2) restless[i] = kSmile;
  const Refused table[] = {{"nothing", {}, "0 times"},
                           {"too few", capture(kOrdinaryRest, Baseline::kFewest - 1), "needed"},
                           {"a smile", capture(kSmile), "happy"},
                           {"one that comes and goes", restless, "still"}};
  for (const auto& [what, rest, told] : table) {
    const auto baseline = Baseline::learn(rest);
    ASSERT_FALSE(baseline) << what;
    EXPECT_EQ(baseline.error().kind, ErrorKind::kInvalidInput);
    EXPECT_NE(baseline.error().message.find(told), std::string::npos) << baseline.error().message;
  }
}

}  // namespace
}  // namespace harmonic::affect
