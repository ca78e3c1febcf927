#include "taste/plays.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "taste/camps_for_tests.h"
#include "taste/split.h"
#include "taste/weighting.h"

namespace harmonic::taste {
namespace {

using testing::ElementsAre;

TEST(Plays, SumsWhatIsNamedTwiceAndSorts) {
  const std::vector<Triplet> cells{{1, 2, 1.0F}, {0, 1, 4.0F}, {1, 0, 3.0F}, {1, 2, 2.0F}};
  const Plays plays{3, 3, cells};
  EXPECT_EQ(plays.size(), 3U);
  EXPECT_THAT(plays.row(0), ElementsAre(Play{1, 4.0F}));
  EXPECT_THAT(plays.row(1), ElementsAre(Play{0, 3.0F}, Play{2, 3.0F}));
  EXPECT_TRUE(plays.row(2).empty());
}

TEST(Plays, TurnAndTurnBack) {
  const auto plays = test::two_camps(9, 12, 4);
  const auto turned = plays.transposed();
  ASSERT_EQ(turned.listeners(), 12U);
  ASSERT_EQ(turned.songs(), 9U);
  const auto back = turned.transposed();
  for (std::size_t listener = 0; listener < 9; ++listener) {
    EXPECT_TRUE(std::ranges::equal(plays.row(listener), back.row(listener)));
    for (const auto& cell : plays.row(listener)) {
      const Play there{static_cast<std::uint32_t>(listener), cell.count};
      EXPECT_THAT(turned.row(cell.song), testing::Contains(there));
    }
  }
}

TEST(Split, HoldsAFifthOfEachListener) {
  const std::vector<Triplet> few{{0, 0, 1}, {0, 1, 1}, {0, 2, 1}, {0, 3, 1}};
  EXPECT_EQ(split_by_listener({1, 4, few}, 5, 1).held.size(), 0U);
  const auto plays = test::two_camps(20, 60, 25);
  const auto split = split_by_listener(plays, 5, 1);
  EXPECT_EQ(split.learn.size() + split.held.size(), plays.size());
  for (std::size_t listener = 0; listener < 20; ++listener) {
    EXPECT_EQ(split.held.row(listener).size(), plays.row(listener).size() / 5);
    for (const auto& cell : split.held.row(listener)) {
      EXPECT_THAT(plays.row(listener), testing::Contains(cell));
      EXPECT_THAT(split.learn.row(listener), testing::Not(testing::Contains(cell)));
    }
  }
  const auto again = split_by_listener(plays, 5, 1);
  const auto other = split_by_listener(plays, 5, 2);
  EXPECT_TRUE(std::ranges::equal(split.held.row(3), again.held.row(3)));
  EXPECT_FALSE(std::ranges::equal(split.held.row(3), other.held.row(3)) &&
               std::ranges::equal(split.held.row(4), other.held.row(4)));
}

TEST(Weighting, FollowsTheListenersOwnHabit) {
  // One plays everything ten times as often as the other: they say the same.
  const std::vector<Triplet> cells{{0, 0, 1}, {0, 1, 3}, {1, 0, 10}, {1, 1, 30}};
  const Plays plays{2, 2, cells};
  const auto rated = weighed(plays, {.power = 0.5F, .levelling = 0.5F});
  for (std::size_t song = 0; song < 2; ++song)
    EXPECT_FLOAT_EQ(rated.row(0)[song].count, rated.row(1)[song].count);
  EXPECT_FLOAT_EQ(rated.row(0)[1].count, std::sqrt(3.0F / 2.0F) / std::sqrt(2.0F));
  EXPECT_FLOAT_EQ(weighed(plays, {}).row(1)[1].count, 1.0F);
}

}  // namespace
}  // namespace harmonic::taste
