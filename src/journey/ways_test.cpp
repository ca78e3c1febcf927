#include "journey/ways.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/dice.h"

namespace harmonic::journey {
namespace {

using testing::ElementsAre;

ValenceArousal at(double valence, double arousal = 0) {
  return ValenceArousal::clamped(valence, arousal);
}

Layer anywhere(std::size_t size) { return {0, std::vector<float>(size, 0.0F)}; }

float nothing(std::size_t /*from*/, std::size_t /*to*/) { return 0; }

TEST(Ground, LeadsOnWhereItGetsNearer) {
  const std::vector ends{at(1)};
  const Ground ground{{at(-0.5), at(0.5), at(0.5), at(1.0, 0.5)}, ends};
  EXPECT_TRUE(ground.leads_on(0, 0, 1));
  EXPECT_FALSE(ground.leads_on(0, 1, 0));
  EXPECT_FALSE(ground.leads_on(0, 1, 1));
  EXPECT_TRUE(ground.leads_on(0, 1, 2)) << "songs at one point stand in their order";
  EXPECT_FALSE(ground.leads_on(0, 2, 1));
  EXPECT_FALSE(ground.leads_on(0, 1, 3)) << "as near, but elsewhere";
}

TEST(LeastLongestStep, IsThatOfTheFinestWay) {
  const std::vector ends{at(1)};
  const Ground ground{{at(-0.8), at(-0.4), at(0.3), at(0.9)}, ends};
  auto first = anywhere(4);
  auto last = anywhere(4);
  for (const std::size_t i : {1U, 2U, 3U}) first.costs[i] = kNowhere;
  for (const std::size_t i : {0U, 1U, 2U}) last.costs[i] = kNowhere;
  EXPECT_FLOAT_EQ(*least_longest_step(ground, std::vector{first, last}), 1.7F);
  EXPECT_FLOAT_EQ(*least_longest_step(ground, std::vector{first, anywhere(4), last}), 1.1F);
  EXPECT_FLOAT_EQ(*least_longest_step(ground, std::vector{first, anywhere(4), anywhere(4), last}),
                  0.7F);
  EXPECT_FALSE(least_longest_step(ground, std::vector(5, anywhere(4))));
}

TEST(Steps, KeepTheirBound) {
  const std::vector ends{at(1)};
  const Ground ground{{at(-0.8), at(-0.4), at(0.3), at(0.9)}, ends};
  const std::vector layers(4, anywhere(4));
  EXPECT_THAT(*(Steps{ground, 0.71F, nothing}.cheapest(layers)), ElementsAre(0, 1, 2, 3));
  EXPECT_FALSE(Steps(ground, 0.69F, nothing).cheapest(layers));
}

/// All ways, one after the other.
float cheapest_by_trying(const Ground& ground, float bound, const Steps::Cost& cost,
                         std::span<const Layer> layers, std::size_t last) {
  if (layers.empty()) return 0;
  float best = kNowhere;
  for (std::size_t to = 0; to < ground.size(); ++to) {
    const bool may = ground.leads_on(layers.front().leg, last, to) &&
                     distance(ground.mood(last), ground.mood(to)) <= bound;
    if (!may) continue;
    best = std::min(best, cost(last, to) + layers.front().costs[to] +
                              cheapest_by_trying(ground, bound, cost, layers.subspan(1), to));
  }
  return best;
}

// The failure: a search that keeps only the best way so far and misses the one that begins worse.
TEST(Steps, FindTheCheapestOfAllWays) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Dice dice{seed};
    std::vector<ValenceArousal> moods;
    moods.reserve(9);
    for (int i = 0; i < 9; ++i)
      moods.push_back(
          at(static_cast<double>(dice.between(-1, 1)), static_cast<double>(dice.between(-1, 1))));
    const std::vector ends{at(0.2, 0.9), at(0.9, -0.3)};
    const Ground ground{moods, ends};
    std::vector<Layer> layers;
    for (const std::size_t leg : {0U, 0U, 1U, 1U}) {
      layers.push_back({leg, {}});
      layers.back().costs.reserve(moods.size());
      for (std::size_t i = 0; i < moods.size(); ++i) layers.back().costs.push_back(dice.unit());
    }
    const auto cost = [seed](std::size_t from, std::size_t to) {
      return Dice{seed, from, to}.unit();
    };
    constexpr float kBound = 1.2F;
    float least = kNowhere;
    for (std::size_t first = 0; first < moods.size(); ++first) {
      least = std::min(
          least, layers[0].costs[first] +
                     cheapest_by_trying(ground, kBound, cost, std::span{layers}.subspan(1), first));
    }
    const auto way = Steps{ground, kBound, cost}.cheapest(layers);
    ASSERT_EQ(way.has_value(), least < kNowhere) << seed;
    if (!way) continue;
    float sum = layers[0].costs[way->front()];
    for (std::size_t i = 1; i < way->size(); ++i)
      sum += cost((*way)[i - 1], (*way)[i]) + layers[i].costs[(*way)[i]];
    EXPECT_NEAR(sum, least, 1e-5) << seed;
  }
}

}  // namespace
}  // namespace harmonic::journey
