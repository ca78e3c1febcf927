#include "classic/learner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "classic/projection.h"
#include "classic/test_rows.h"

namespace harmonic::classic {
namespace {

TEST(Rows, StratifiedKeepsSharesAndEveryLabel) {
  std::vector<std::uint8_t> labels(1000, 3);
  for (std::size_t i = 0; i < 250; ++i) labels[i * 4] = 1;
  labels[501] = 6;
  const auto chosen = stratified(labels, 100);
  EXPECT_TRUE(std::ranges::is_sorted(chosen));
  const auto count = [&](std::uint8_t label) {
    return std::ranges::count_if(chosen, [&](std::size_t i) { return labels[i] == label; });
  };
  EXPECT_EQ(count(1), 25);
  EXPECT_EQ(count(3), 75);
  EXPECT_EQ(count(6), 1);
  EXPECT_EQ(stratified(labels, 0).size(), labels.size());
}

// A sample that varies along one direction only: that is the first axis, and lengths become 1.
TEST(Projection, FindsWhatVaries) {
  Rows rows;
  for (int i = -50; i <= 50; ++i) {
    const auto t = static_cast<float>(i);
    rows.add(std::vector<float>{3 + 3 * t, 4 * t - 1, 5}, 0);
  }
  const auto projection = Projection::fit(rows, Scaling::kCentre, 2);
  ASSERT_TRUE(projection) << projection.error().message;
  double squares = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto projected = projection->apply(rows.row(i));
    ASSERT_EQ(projected.size(), 2U);
    squares += projected[0] * projected[0];
    EXPECT_NEAR(projected[1], 0, 1e-3);
    EXPECT_NEAR(std::abs(projected[0]), std::abs(static_cast<float>(i) - 50) / 29.155F, 1e-2);
  }
  EXPECT_NEAR(squares / static_cast<double>(rows.size()), 1, 1e-3);
}

// Guards against axes that did not converge: with more numbers than axes, the many directions of
// little variance must not hide the three of much.
TEST(Projection, ManyNumbersIntoFew) {
  const auto rows = three_kinds(600, 120, 5);
  const auto projection = Projection::fit(rows, Scaling::kCentre, 2);
  ASSERT_TRUE(projection);
  Rows few, others;
  const auto fresh = three_kinds(300, 120, 6);
  for (std::size_t i = 0; i < 600; ++i) few.add(projection->apply(rows.row(i)), rows.labels[i]);
  for (std::size_t i = 0; i < 300; ++i)
    others.add(projection->apply(fresh.row(i)), fresh.labels[i]);
  const auto choice = learn_nearest(few, others);
  ASSERT_TRUE(choice);
  EXPECT_GT(share_right(*choice->learned, others).value(), 0.9);
}

TEST(Projection, StandardisingForgetsUnitsAndConstants) {
  const auto rows = three_kinds(300, 5, 7);
  Rows scaled;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<float> row(rows.row(i).begin(), rows.row(i).end());
    row[0] *= 1000;
    row.push_back(8);
    scaled.add(row, rows.labels[i]);
  }
  const auto plain = Projection::fit(rows, Scaling::kStandardise, 5);
  const auto other = Projection::fit(scaled, Scaling::kStandardise, 5);
  ASSERT_TRUE(plain && other);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto a = plain->apply(rows.row(i)), b = other->apply(scaled.row(i));
    for (std::size_t j = 0; j < 5; ++j) EXPECT_NEAR(std::abs(a[j]), std::abs(b[j]), 5e-3);
  }
}

TEST(Projection, OneFaceIsRefused) {
  EXPECT_EQ(Projection::fit(three_kinds(1, 4, 1), Scaling::kCentre, 2).error().kind,
            ErrorKind::kInvalidInput);
}

// Faces that no classifier saw are told apart, as well as the rule that knows how they were made
// does (about 99.5 %).
TEST(Learner, EachTellsThreeKindsApart) {
  const auto training = three_kinds(360, 6, 1), choosing = three_kinds(90, 6, 2);
  const auto unseen = three_kinds(300, 6, 3);
  for (const auto kind : {LearnerKind::kNearest, LearnerKind::kSvm, LearnerKind::kRbfNetwork}) {
    const auto choice = learn(kind, training, choosing);
    ASSERT_TRUE(choice) << choice.error().message;
    EXPECT_FALSE(choice->settings.empty());
    EXPECT_GT(share_right(*choice->learned, unseen).value(), 0.93) << grid_of(kind);
    // The same again: nothing hangs on the hour.
    EXPECT_EQ(learn(kind, training, choosing)->settings, choice->settings);
  }
}

// Two kinds on one ray at other distances need Euclid, two rays need the angle: guards against a
// choice that is none.
TEST(Learner, NearestChoosesItsDistance) {
  Rows ray, fan;
  for (int i = 1; i <= 20; ++i) {
    const auto t = static_cast<float>(i);
    ray.add(std::vector<float>{t, t}, i <= 10 ? 0 : 1);
    fan.add(std::vector<float>{t * t, 0.5F * t * t}, 0);
    fan.add(std::vector<float>{t * t + 1, 0.6F * (t * t + 1)}, 1);
  }
  Rows ray_asked, fan_asked;
  for (int i = 1; i < 20; ++i) {
    if (i == 10) continue;
    const auto t = static_cast<float>(i) + 0.4F;
    ray_asked.add(std::vector<float>{t, t}, i <= 10 ? 0 : 1);
    fan_asked.add(std::vector<float>{t * 9, 0.5F * t * 9}, 0);
    fan_asked.add(std::vector<float>{t * 7, 0.6F * t * 7}, 1);
  }
  EXPECT_EQ(learn_nearest(ray, ray_asked)->settings, "Euclidean");
  EXPECT_EQ(learn_nearest(fan, fan_asked)->settings, "cosine");
}

TEST(Learner, NobodyToLearnFromIsRefused) {
  const auto some = three_kinds(9, 4, 1);
  for (const auto kind : {LearnerKind::kNearest, LearnerKind::kSvm, LearnerKind::kRbfNetwork}) {
    EXPECT_EQ(learn(kind, {}, some).error().kind, ErrorKind::kInvalidInput);
    EXPECT_EQ(learn(kind, some, {}).error().kind, ErrorKind::kInvalidInput);
  }
}

}  // namespace
}  // namespace harmonic::classic
