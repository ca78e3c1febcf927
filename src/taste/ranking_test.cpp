#include "taste/ranking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace harmonic::taste {
namespace {

using testing::ElementsAre;

TEST(Ranking, NamesTheBestThatIsNew) {
  const std::vector<float> scores{1.0F, 5.0F, 3.0F, 3.0F, 4.0F};
  const std::vector<Play> history{{1, 1.0F}};
  EXPECT_THAT(best_unheard(scores, history, 3), ElementsAre(4U, 2U, 3U));
  EXPECT_THAT(best_unheard(scores, history, 9), ElementsAre(4U, 2U, 3U, 0U));
}

// By hand: songs 7 and 9 are held, the list is 9, 1, 7.
TEST(Ranking, CountsAsByHand) {
  const std::vector<std::uint32_t> list{9, 1, 7};
  const std::vector<Play> held{{7, 1.0F}, {9, 1.0F}};
  const auto hits = hits_of(list, held);
  EXPECT_THAT(hits, ElementsAre(true, false, true));
  EXPECT_DOUBLE_EQ(recall_at(1, hits, 2), 0.5);
  EXPECT_DOUBLE_EQ(recall_at(3, hits, 2), 1.0);
  EXPECT_DOUBLE_EQ(ndcg_at(1, hits, 2), 1.0);
  EXPECT_DOUBLE_EQ(ndcg_at(3, hits, 2), (1.0 + 0.5) / (1.0 + 1.0 / std::log2(3.0)));
  EXPECT_DOUBLE_EQ(average_precision_at(3, hits, 2), (1.0 + 2.0 / 3.0) / 2.0);
  EXPECT_DOUBLE_EQ(average_precision_at(2, hits, 2), 0.5);
}

}  // namespace
}  // namespace harmonic::taste
