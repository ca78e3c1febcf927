#include "affect/smoother.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <random>
#include <utility>

namespace harmonic::affect {
namespace {

using Seconds = Smoother::Seconds;
using Share = std::pair<Emotion, float>;

// What is not given is shared out evenly.
EmotionScores scores_of(std::initializer_list<Share> given) {
  float left = 1.0F;
  for (const auto& [emotion, share] : given) left -= share;
  EmotionScores scores{};
  scores.fill(left / static_cast<float>(kEmotionCount - given.size()));
  for (const auto& [emotion, share] : given) scores.at(static_cast<std::size_t>(emotion)) = share;
  return scores;
}

EmotionScores pure(Emotion emotion) { return scores_of({{emotion, 1.0F}}); }

// A face held still in front of a poor camera: Gaussian noise on the log scores, most of it new in
// each picture, part of it drifting with a memory of half a second. As recorded from films of still
// photographs under noise and jitter (decision 0061), and a third stronger.
class NoisyFace {
 public:
  NoisyFace(double rate, double noise) : drift_kept_{std::exp(-1 / (rate * 0.5))}, noise_{noise} {}

  EmotionScores show(const EmotionScores& truth) {
    EmotionScores seen{};
    double sum = 0;
    std::array<double, kEmotionCount> odds{};
    for (std::size_t i = 0; i < kEmotionCount; ++i) {
      auto& drift = drift_.at(i);
      drift = drift_kept_ * drift + std::sqrt(1 - drift_kept_ * drift_kept_) * normal_(random_);
      const double error = noise_ * (0.9 * normal_(random_) + 0.44 * drift);
      odds.at(i) = std::max(1e-4, static_cast<double>(truth.at(i))) * std::exp(error);
      sum += odds.at(i);
    }
    for (std::size_t i = 0; i < kEmotionCount; ++i) {
      seen.at(i) = static_cast<float>(odds.at(i) / sum);
    }
    return seen;
  }

 private:
  double drift_kept_, noise_;
  std::array<double, kEmotionCount> drift_{};
  std::mt19937_64 random_{7};
  std::normal_distribution<double> normal_;
};

Emotion leader(const EmotionScores& scores) {
  return static_cast<Emotion>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

struct Changes {
  int raw = 0, named = 0;
};

Changes changes_of(const EmotionScores& truth, double rate, Seconds length) {
  NoisyFace face{rate, 0.34};
  Smoother smoother;
  Changes changes;
  std::optional<Emotion> raw, named;
  for (int i = 0; i < length.count() * rate; ++i) {
    const auto scores = face.show(truth);
    smoother.observe(Seconds{i / rate}, scores);
    const auto now = smoother.mood()->emotion;
    if (raw && leader(scores) != *raw) ++changes.raw;
    if (named && now != named) ++changes.named;
    raw = leader(scores);
    if (now || named) named = now;
  }
  return changes;
}

// Guards against a label that flickers: ten minutes of a still face, at most one change a minute.
// The raw leader of the two borderline faces changes hundreds of times, so the test has teeth.
TEST(Smoother, AStillFaceKeepsItsNameForTenMinutes) {
  struct Case {
    const char* what;
    EmotionScores truth;
    int least_raw;
  };
  const Case cases[] = {
      {"a clear smile", scores_of({{Emotion::kHappy, 0.85F}}), 0},
      {"between neutral and sad", scores_of({{Emotion::kNeutral, 0.44F}, {Emotion::kSad, 0.44F}}),
       500},
      {"among three",
       scores_of({{Emotion::kNeutral, 0.3F}, {Emotion::kSad, 0.3F}, {Emotion::kAngry, 0.3F}}), 500},
      {"hardly named at all", scores_of({{Emotion::kSad, 0.33F}}), 5},
  };
  for (const double rate : {10.0, 30.0}) {
    for (const auto& [what, truth, least_raw] : cases) {
      const auto changes = changes_of(truth, rate, Seconds{600});
      EXPECT_LE(changes.named, 10) << what << " at " << rate << " Hz";
      EXPECT_GE(changes.raw, least_raw) << what << " at " << rate << " Hz";
      RecordProperty(std::string{what} + " " + std::to_string(rate), changes.named);
    }
  }
}

// Guards against a mood that lags: a change of expression is named within half a second of it.
TEST(Smoother, ARealChangeIsNamedWithinHalfASecond) {
  struct Case {
    Share before, after;
  };
  const Case cases[] = {{{Emotion::kNeutral, 0.9F}, {Emotion::kHappy, 0.9F}},
                        {{Emotion::kHappy, 0.95F}, {Emotion::kAngry, 0.7F}},
                        {{Emotion::kNeutral, 0.8F}, {Emotion::kSurprised, 0.7F}},
                        {{Emotion::kSad, 0.7F}, {Emotion::kNeutral, 0.7F}}};
  for (const auto& [before, after] : cases) {
    for (const double rate : {10.0, 30.0}) {
      Smoother smoother;
      const int change = static_cast<int>(20 * rate);
      for (int i = 0; i < change; ++i) smoother.observe(Seconds{i / rate}, scores_of({before}));
      ASSERT_EQ(smoother.mood()->emotion, before.first);
      int i = change;
      while (smoother.mood()->emotion != after.first && i < 2 * change) {
        smoother.observe(Seconds{i++ / rate}, scores_of({after}));
      }
      // At worst the face changed just after the last picture that shows it as it was.
      EXPECT_LE((i - change) / rate, 0.5) << name_of(after.first) << " at " << rate << " Hz";
      EXPECT_EQ(leader(smoother.mood()->scores), after.first) << "the numbers go with the name";
    }
  }
}

TEST(Smoother, TheFirstNameComesWithinHalfASecond) {
  Smoother smoother;
  int i = 0;
  while (i < 100 && !(smoother.mood() && smoother.mood()->emotion)) {
    smoother.observe(Seconds{i++ * 0.1}, scores_of({{Emotion::kHappy, 0.7F}}));
  }
  EXPECT_LE(i * 0.1, 0.51);
}

TEST(Smoother, KnowsNothingBeforeTheFirstFace) {
  Smoother smoother;
  smoother.observe(Seconds{0}, std::nullopt);
  EXPECT_FALSE(smoother.mood().has_value());
}

// Guards against the habit of calling an absent listener neutral.
TEST(Smoother, AnAbsentFaceEndsWithinASecondAndIsNeverNeutral) {
  for (const double rate : {2.0, 10.0, 30.0}) {
    Smoother smoother;
    double t = 0;
    for (; t < 3; t += 1 / rate) smoother.observe(Seconds{t}, pure(Emotion::kHappy));
    ASSERT_EQ(smoother.mood()->emotion, Emotion::kHappy);
    const double left = t - 1 / rate;
    for (; smoother.mood() && t < 10; t += 1 / rate) {
      EXPECT_EQ(smoother.mood()->emotion, Emotion::kHappy);
      EXPECT_NEAR(smoother.mood()->scores.at(1), 1.0F, 1e-4F);
      smoother.observe(Seconds{t}, std::nullopt);
    }
    EXPECT_LE(t - 1 / rate - left, 1.0 + 1e-9) << rate << " Hz";
  }
}

// What comes after a long pause without any call knows nothing of what was before it.
TEST(Smoother, ALongSilenceForgets) {
  Smoother smoother;
  for (int i = 0; i < 20; ++i) smoother.observe(Seconds{i * 0.1}, pure(Emotion::kHappy));
  smoother.observe(Seconds{60}, pure(Emotion::kSad));
  EXPECT_EQ(smoother.mood()->scores, pure(Emotion::kSad));
  EXPECT_EQ(smoother.mood()->emotion, std::nullopt);
}

// Guards against a song that changes for a blink.
TEST(Smoother, OneOddPictureDoesNotRenameTheMood) {
  Smoother smoother;
  for (int i = 0; i < 10; ++i) smoother.observe(Seconds{i * 0.2}, pure(Emotion::kHappy));
  smoother.observe(Seconds{2.0}, pure(Emotion::kAngry));
  EXPECT_EQ(smoother.mood()->emotion, Emotion::kHappy);
}

// Guards against a poor view that counts like a good one.
TEST(Smoother, APoorViewCountsLess) {
  const auto happy_after = [](float weight) {
    Smoother smoother;
    for (int i = 0; i < 10; ++i) smoother.observe(Seconds{i * 0.1}, pure(Emotion::kHappy));
    for (int i = 10; i < 15; ++i) smoother.observe(Seconds{i * 0.1}, pure(Emotion::kSad), weight);
    return *smoother.mood();
  };
  EXPECT_EQ(happy_after(1.0F).emotion, Emotion::kSad);
  EXPECT_EQ(happy_after(0.3F).emotion, Emotion::kHappy);
  EXPECT_GT(happy_after(0.1F).scores.at(1), happy_after(0.3F).scores.at(1));
  EXPECT_NEAR(happy_after(0.0F).scores.at(1), 1.0F, 1e-4F);
}

TEST(Smoother, WhatStandsOutNowhereIsUnsure) {
  Smoother smoother;
  for (int i = 0; i < 50; ++i) smoother.observe(Seconds{i * 0.1}, scores_of({}));
  EXPECT_EQ(smoother.mood()->emotion, std::nullopt);
  EXPECT_EQ(smoother.mood()->reason(), kUnsure);
  for (int i = 50; i < 60; ++i) smoother.observe(Seconds{i * 0.1}, pure(Emotion::kHappy));
  EXPECT_EQ(smoother.mood()->reason(), "");
  for (int i = 60; i < 90; ++i) smoother.observe(Seconds{i * 0.1}, scores_of({}));
  EXPECT_EQ(smoother.mood()->reason(), kUnsure);
}

// Guards against numbers that look sure while the readings contradict each other.
TEST(Smoother, ContradictingReadingsAreUncertain) {
  Smoother steady, torn;
  for (int i = 0; i < 40; ++i) {
    steady.observe(Seconds{i * 0.1}, pure(Emotion::kHappy));
    torn.observe(Seconds{i * 0.1}, pure(i % 2 == 0 ? Emotion::kHappy : Emotion::kSad));
  }
  EXPECT_NEAR(steady.mood()->uncertainty, 0.0F, 1e-3F);
  EXPECT_GT(torn.mood()->uncertainty, 0.5F);
}

TEST(Smoother, AnotherFaceBeginsAnew) {
  Smoother smoother;
  for (int i = 0; i < 20; ++i) smoother.observe(Seconds{i * 0.1}, pure(Emotion::kHappy));
  smoother.restart();
  EXPECT_FALSE(smoother.mood().has_value());
  smoother.observe(Seconds{1}, pure(Emotion::kSad));  // time still has to grow
  EXPECT_FALSE(smoother.mood().has_value());
  smoother.observe(Seconds{3}, pure(Emotion::kSad));
  EXPECT_EQ(smoother.mood()->scores, pure(Emotion::kSad));
}

TEST(Smoother, IgnoresTimeThatDoesNotGrow) {
  Smoother smoother;
  smoother.observe(Seconds{1}, pure(Emotion::kHappy));
  smoother.observe(Seconds{1}, pure(Emotion::kSad));
  smoother.observe(Seconds{0.5}, pure(Emotion::kSad));
  EXPECT_EQ(smoother.mood()->scores, pure(Emotion::kHappy));
}

}  // namespace
}  // namespace harmonic::affect
