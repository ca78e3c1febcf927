#include "recommend/wish.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "recommend/library_for_tests.h"
#include "recommend/rank.h"
#include "recommend/traits.h"

namespace harmonic::recommend {
namespace {

const auto kHappy = ValenceArousal::clamped(0.8, 0.4);

/// Somebody who hears lively songs to the end, and skips quiet ones, whatever the mood.
bandit::Wishes lively(const Snapshot& songs) {
  bandit::Wishes wishes;
  for (std::size_t i = 0; i < 30; ++i) {
    const bool ends = songs.mood(i)->arousal() > 0;
    wishes.learn({kHappy, traits_of(songs, i),
                  ends ? bandit::Ending::kFinished : bandit::Ending::kSkipped, 0.1F});
  }
  return wishes;
}

TEST(Wish, SaysNothingBeforeAnythingWasLearnedAndNothingOfSongsThatWereNotHeard) {
  auto library = spread_library(40, 5);
  library.back().sound.mood.reset();
  const auto songs = Snapshot::build(library);
  EXPECT_TRUE(wish_of(songs, bandit::Wishes{}, kHappy, 0).empty());
  const auto wish = wish_of(songs, lively(songs), kHappy, 3);
  ASSERT_EQ(wish.size(), 40U);
  EXPECT_EQ(wish.back(), kNotKnown);
}

TEST(Wish, IsTheSameForTheSameSeedAndStaysNearItsMean) {
  const auto songs = Snapshot::build(spread_library(60, 5));
  const auto wishes = lively(songs);
  const auto mean = wish_of(songs, wishes, kHappy, 0);
  const auto drawn = wish_of(songs, wishes, kHappy, 7);
  EXPECT_EQ(drawn, wish_of(songs, wishes, kHappy, 7));
  EXPECT_NE(drawn, wish_of(songs, wishes, kHappy, 8));
  EXPECT_NE(drawn, mean);
  for (std::size_t i = 0; i < mean.size(); ++i)
    EXPECT_NEAR(drawn[i], mean[i], bandit::kMostExploration + 1e-5F);
}

// The failure: it is learned and nothing comes of it.
TEST(Wish, RaisesWhatIsWantedAndSaysWhy) {
  const auto songs = Snapshot::build(spread_library(60, 60));
  const auto wish = wish_of(songs, lively(songs), kHappy, 0);
  const auto ranking =
      rank(songs, kHappy, {}, {.count = 10, .weights = *Weights::read("*,wish=1", {})}, {wish, {}});
  ASSERT_EQ(ranking.picks.size(), 10U);
  for (const auto& pick : ranking.picks) {
    EXPECT_GT(songs.mood(pick.index)->arousal(), 0.0F);
    EXPECT_TRUE(std::any_of(pick.reasons.begin(), pick.reasons.end(),
                            [](const Reason& reason) { return reason.kind == ReasonKind::kWish; }));
  }
}

}  // namespace
}  // namespace harmonic::recommend
