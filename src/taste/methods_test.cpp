#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "taste/blend.h"
#include "taste/camps_for_tests.h"
#include "taste/ranking.h"
#include "taste/square.h"

namespace harmonic::taste {
namespace {

using test::scores_of;
using test::two_camps;

// One cell a row: listeners 0..2 play song 0, listener 2 song 1 as well.
const std::vector<Triplet> kFew{{0, 0, 5.0F}, {1, 0, 1.0F}, {2, 0, 1.0F}, {2, 1, 1.0F}};

TEST(Floors, AreWhatTheySay) {
  const Plays plays{3, 3, kFew};
  EXPECT_EQ(scores_of(*learn_popularity(plays), plays, 1), (std::vector<float>{3, 1, 0}));
  const auto chance = make_random(4);
  EXPECT_EQ(scores_of(*chance, plays, 1), scores_of(*chance, plays, 1));
  EXPECT_NE(scores_of(*chance, plays, 1), scores_of(*chance, plays, 2));
}

TEST(Neighbours, AreAsNearAsTheyShareListeners) {
  const Plays plays{3, 3, kFew};
  const auto cosine = learn_neighbours(plays, {.asymmetry = 0.5F}, 1);
  EXPECT_FLOAT_EQ(scores_of(*cosine, plays, 0)[1], 1.0F / std::sqrt(3.0F));
  EXPECT_FLOAT_EQ(scores_of(*cosine, plays, 0)[2], 0.0F);
  // All of the popular song's length against the other's none, and the reverse.
  const auto from = learn_neighbours(plays, {.asymmetry = 1.0F, .shrink = 1.0F}, 1);
  EXPECT_FLOAT_EQ(scores_of(*from, plays, 0)[1], 1.0F / (3.0F + 1.0F));
  const auto to = learn_neighbours(plays, {.asymmetry = 0.0F, .shrink = 1.0F, .locality = 2.0F}, 1);
  EXPECT_FLOAT_EQ(scores_of(*to, plays, 0)[1], std::pow(1.0F / (1.0F + 1.0F), 2.0F));
}

TEST(Neighbours, KeepTheNearest) {
  const auto plays = two_camps(40, 30, 8);
  const auto score_sum = [&](std::size_t most) {
    float sum = 0.0F;
    const auto near = learn_neighbours(plays, {.most = most}, 2);
    for (const float score : scores_of(*near, plays, 0)) sum += score;
    return sum;
  };
  EXPECT_LT(score_sum(2), score_sum(10));
  EXPECT_FLOAT_EQ(score_sum(30), score_sum(0));
}

TEST(Square, InvertsByBlocks) {
  constexpr Eigen::Index kSize = 300;
  const Eigen::MatrixXf random = Eigen::MatrixXf::Random(kSize, kSize);
  const Eigen::MatrixXf matrix =
      random * random.transpose() + 9.0F * Eigen::MatrixXf::Identity(kSize, kSize);
  const auto inverted = [&matrix](std::size_t jobs) {
    std::vector<float> values(matrix.data(), matrix.data() + matrix.size());
    invert(values, kSize, jobs);
    return values;
  };
  const auto one = inverted(1);
  EXPECT_EQ(one, inverted(3));
  const Eigen::MatrixXf product =
      matrix * Eigen::Map<const Eigen::MatrixXf>{one.data(), kSize, kSize};
  EXPECT_LT((product - Eigen::MatrixXf::Identity(kSize, kSize)).cwiseAbs().maxCoeff(), 1e-3F);
}

/// The weighed matrix in full.
Eigen::MatrixXf full(const Plays& plays, const Weighting& weighting) {
  const auto rated = weighed(plays, weighting);
  Eigen::MatrixXf matrix = Eigen::MatrixXf::Zero(static_cast<Eigen::Index>(plays.listeners()),
                                                 static_cast<Eigen::Index>(plays.songs()));
  for (std::size_t listener = 0; listener < plays.listeners(); ++listener) {
    for (const auto& cell : rated.row(listener))
      matrix(static_cast<Eigen::Index>(listener), cell.song) = cell.count;
  }
  return matrix;
}

/// EASE's map as its paper writes it.
Eigen::MatrixXf plain_ease(const Eigen::MatrixXf& x, const EasePlan& plan) {
  const Eigen::VectorXf squares = x.colwise().squaredNorm().transpose();
  const float mean = squares.sum() / static_cast<float>((squares.array() > 0.0F).count());
  const Eigen::VectorXf penalty =
      plan.ridge * (squares / mean).array().pow(plan.popular).matrix() + plan.denoise * squares;
  Eigen::MatrixXf gram = x.transpose() * x;
  gram.diagonal() += penalty;
  const Eigen::MatrixXf p = gram.inverse();
  Eigen::MatrixXf map = -p * p.diagonal().cwiseInverse().asDiagonal();
  map.diagonal().setZero();
  return map;
}

class EaseByBothWays : public testing::TestWithParam<std::uint32_t> {};

// 12 listeners are fewer than 20 songs, 90 are more: either way is the paper's map.
TEST_P(EaseByBothWays, IsThePapersMap) {
  const auto plays = two_camps(GetParam(), 20, 6);
  const EasePlan plan{.weighting = {.power = 0.3F, .levelling = 0.25F},
                      .ridge = 2.0F,
                      .popular = 0.5F,
                      .denoise = 0.2F};
  const auto ease = learn_ease(plays, plan, 2);
  ASSERT_TRUE(ease);
  const auto x = full(plays, plan.weighting);
  const Eigen::MatrixXf wanted = x * plain_ease(x, plan);
  for (std::size_t listener = 0; listener < plays.listeners(); ++listener) {
    const auto scores = scores_of(**ease, plays, listener);
    for (std::size_t song = 0; song < 20; ++song)
      EXPECT_NEAR(scores[song],
                  wanted(static_cast<Eigen::Index>(listener), static_cast<Eigen::Index>(song)),
                  1e-4F);
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, EaseByBothWays, testing::Values(12U, 90U));

class IalsHistories : public testing::TestWithParam<std::size_t> {};

// Short histories are solved outright, long ones by steps: both are the minimum of the loss.
TEST_P(IalsHistories, AreSolvedExactly) {
  constexpr std::size_t kSongs = 60;
  const IalsPlan plan{.dimensions = 8, .unplayed = 0.2F, .ridge = 0.05F, .spread = 0.9F};
  std::vector<float> factors;
  Dice dice{3};
  for (std::size_t i = 0; i < kSongs * plan.dimensions; ++i) factors.push_back(dice.normal());
  std::vector<Triplet> cells;
  for (std::uint32_t i = 0; i < GetParam(); ++i) cells.push_back({0, 3 * i, 1.0F});
  const Plays plays{1, kSongs, cells};

  using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::Map<const RowMajor> v{factors.data(), kSongs, 8};
  Eigen::MatrixXf system = plan.unplayed * (v.transpose() * v);
  Eigen::VectorXf wanted = Eigen::VectorXf::Zero(8);
  for (const auto& cell : cells) {
    system += v.row(cell.song).transpose() * v.row(cell.song);
    wanted += v.row(cell.song).transpose();
  }
  const float all = static_cast<float>(cells.size()) + plan.unplayed * kSongs;
  system.diagonal().array() += plan.ridge * std::pow(all, plan.spread);
  const Eigen::VectorXf answer = v * system.llt().solve(wanted);
  const auto scores = scores_of(*make_ials(factors, plan), plays, 0);
  for (std::size_t song = 0; song < kSongs; ++song)
    EXPECT_NEAR(scores[song], answer(static_cast<Eigen::Index>(song)), 1e-3F);
}

INSTANTIATE_TEST_SUITE_P(Lengths, IalsHistories, testing::Values(1U, 7U, 20U));

// The failure: a run that was killed ends elsewhere than one that was left alone.
TEST(Ials, GoesOnWhereItWas) {
  const auto plays = two_camps(50, 40, 20);
  const IalsPlan plan{.dimensions = 6, .epochs = 4};
  IalsLearner whole{plays, plan};
  for (int epoch = 0; epoch < 4; ++epoch) whole.run_epoch(1);
  IalsLearner first{plays, plan};
  first.run_epoch(2);
  first.run_epoch(3);
  IalsLearner second{plays, plan};
  second.resume(first.factors(), first.epoch());
  second.run_epoch(2);
  second.run_epoch(1);
  EXPECT_EQ(second.epoch(), 4);
  EXPECT_EQ(second.factors().songs, whole.factors().songs);
  EXPECT_EQ(second.factors().listeners, whole.factors().listeners);
}

/// Share of the five best new songs that are of the listener's camp.
double own_share(const Recommender& recommender, const Plays& plays) {
  double own = 0.0;
  for (std::size_t listener = 0; listener < plays.listeners(); ++listener) {
    const auto best = best_unheard(scores_of(recommender, plays, listener), plays.row(listener), 5);
    for (const auto song : best)
      own += (song < plays.songs() / 2) == (listener % 2 == 0) ? 0.2 : 0.0;
  }
  return own / static_cast<double>(plays.listeners());
}

TEST(Methods, TellTheCampsApart) {
  const auto plays = two_camps(80, 60, 10);
  EXPECT_LT(own_share(*learn_popularity(plays), plays), 0.7);
  EXPECT_GT(own_share(*learn_neighbours(plays, {}, 1), plays), 0.95);
  EXPECT_GT(own_share(**learn_ease(plays, {.ridge = 5.0F}, 1), plays), 0.9);
  EXPECT_GT(own_share(*learn_ials(plays, {.dimensions = 4}, 1), plays), 0.95);
}

TEST(Blend, IsTheSameWhateverTheThreads) {
  const auto plays = two_camps(60, 60, 12);
  const auto one = learn_blend(plays, 5, 1);
  const auto three = learn_blend(plays, 5, 3);
  ASSERT_TRUE(one && three);
  EXPECT_EQ(scores_of(*one->recommender, plays, 7), scores_of(*three->recommender, plays, 7));
  float sum = 0.0F;
  for (const auto& share : one->shares) sum += share.weight;
  EXPECT_NEAR(sum, 1.0F, 1e-5F);
  EXPECT_GT(own_share(*one->recommender, plays), 0.95);
}

// Nobody has enough songs that one could be held back.
TEST(Blend, DoesWithoutJudges) {
  const Plays plays{3, 3, kFew};
  const auto blend = learn_blend(plays, 1, 1);
  ASSERT_TRUE(blend);
  for (const auto& share : blend->shares) EXPECT_FLOAT_EQ(share.weight, 0.25F);
  for (const float score : scores_of(*blend->recommender, plays, 0))
    EXPECT_TRUE(std::isfinite(score));
}

TEST(Methods, TakeAnEmptyHistory) {
  const auto plays = two_camps(30, 20, 6);
  const Plays nobody{1, 20, {}};
  for (const float score : scores_of(*learn_blend(plays, 1, 1)->recommender, nobody, 0))
    EXPECT_TRUE(std::isfinite(score));
}

}  // namespace
}  // namespace harmonic::taste
