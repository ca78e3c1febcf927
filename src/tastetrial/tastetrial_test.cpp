#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "base/test_folder.h"
#include "image/palette.h"
#include "tastetrial/households.h"
#include "tastetrial/picture.h"
#include "tastetrial/trial.h"

namespace harmonic::tastetrial {
namespace {

namespace fs = std::filesystem;

double figure(const ListenerFigures& figures, Figure which) {
  return figures.at(static_cast<std::size_t>(which));
}

// Four songs, three listeners. Songs 0, 1, 2, 3 have 3, 2, 1, 0 listeners in the part that is
// learned from, so popularity names the new ones in this order.
TEST(Judge, CountsPopularityAsByHand) {
  const std::vector<taste::Triplet> learn{{0, 0, 9}, {1, 0, 1}, {1, 1, 1},
                                          {2, 0, 1}, {2, 1, 1}, {2, 2, 1}};
  const std::vector<taste::Triplet> held{{0, 2, 1}, {0, 3, 5}, {1, 2, 1}};
  const taste::Split split{{3, 4, learn}, {3, 4, held}};
  const auto outcome = judge(*taste::learn_popularity(split.learn), split, 2);
  // Listener 0 is shown 1, 2, 3: the hits stand at the places 2 and 3 of three.
  ASSERT_TRUE(outcome.listeners[0]);
  const double second = 1.0 / std::log2(3.0);
  const double third = 0.5;
  for (const auto which : {Figure::kRecall20, Figure::kRecall50})
    EXPECT_DOUBLE_EQ(figure(*outcome.listeners[0], which), 1.0);
  for (const auto which : {Figure::kNdcg10, Figure::kNdcg20, Figure::kNdcg100})
    EXPECT_DOUBLE_EQ(figure(*outcome.listeners[0], which), (second + third) / (1.0 + second));
  EXPECT_DOUBLE_EQ(figure(*outcome.listeners[0], Figure::kMap500), (1.0 / 2.0 + 2.0 / 3.0) / 2.0);
  // Played by 2, 1 and (counted as 1) 0 of 3.
  EXPECT_DOUBLE_EQ(figure(*outcome.listeners[0], Figure::kNovelty),
                   (std::log2(1.5) + 2.0 * std::log2(3.0)) / 3.0);
  // Listener 1 is shown 2, 3: a hit at the first place. Of listener 2 nothing was held back.
  ASSERT_TRUE(outcome.listeners[1]);
  EXPECT_DOUBLE_EQ(figure(*outcome.listeners[1], Figure::kNdcg20), 1.0);
  EXPECT_FALSE(outcome.listeners[2]);
  // Nobody who is counted is shown song 0.
  EXPECT_DOUBLE_EQ(outcome.coverage, 0.75);

  const std::vector<Outcome> outcomes{outcome, outcome};
  const auto intervals = intervals_of(outcomes);
  const auto& map = intervals[static_cast<std::size_t>(Figure::kMap500)];
  EXPECT_DOUBLE_EQ(map.mean, (7.0 / 12.0 + 1.0) / 2.0);
  EXPECT_DOUBLE_EQ(map.low, 7.0 / 12.0);
  EXPECT_DOUBLE_EQ(map.high, 1.0);
}

/// Pixels of a column that have this colour.
int height_at(const image::Picture& picture, int x, int top, int bottom, image::Colour colour) {
  int found = 0;
  for (int y = top; y < bottom; ++y) {
    const auto* pixel = &picture.pixels[static_cast<std::size_t>(y * picture.width + x) * 3];
    found += pixel[0] == colour.red && pixel[1] == colour.green && pixel[2] == colour.blue ? 1 : 0;
  }
  return found;
}

// The failure: a picture that shows the same bars whatever was measured.
TEST(Picture, ABarIsAsTallAsItsFigure) {
  SetFigures set{"set", 9, 9, 9, 9, 1, std::vector<MethodFigures>(2), {}};
  set.methods[0].method = "popularity";
  set.methods[1].method = "ease";
  for (std::size_t m = 0; m < 2; ++m) {
    const double mean = m == 0 ? 0.1 : 0.3;
    set.methods[m].figures.fill({mean, mean - 0.02, mean + 0.02});
  }
  const auto picture = draw_figures({set, set});
  // The panel's 220 pixels are 0 to .4; the left quarter of the second bar is clear of its
  // whiskers.
  const int x = 70 + 430 * 130 / 200;
  const int tall = height_at(picture, x, 62, 62 + 220, image::kBlue);
  EXPECT_NEAR(tall, 220 * 3 / 4, 3);
  EXPECT_EQ(height_at(picture, 70 + 430 * 30 / 200, 62, 62 + 220, image::kBlue), 0);
  EXPECT_EQ(picture.height, 62 + 2 * 330);
}

// Camps that play either of two halves of the songs: those alike in a house of six find what was
// held back, popularity cannot.
TEST(Households, ListenersAlikeFindEachOther) {
  std::vector<taste::Triplet> cells;
  for (std::uint32_t listener = 0; listener < 60; ++listener) {
    for (std::uint32_t i = 0; i < 12; ++i)
      cells.push_back({listener, (listener % 2) * 20 + (listener * 7 + i * 3) % 20, 3.0F});
  }
  const TasteSet set{"camps", {60, 200, cells}, std::nullopt};
  const auto house = measure_households(set, 6, 2);
  EXPECT_EQ(house.households, 20U);
  EXPECT_EQ(house.counted, 60U);
  const auto ndcg = [&](std::size_t method) {
    return house.methods.at(method).figures.at(static_cast<std::size_t>(Figure::kNdcg20)).mean;
  };
  EXPECT_EQ(house.methods.at(3).method, "company");
  EXPECT_LT(ndcg(0), 0.2);
  EXPECT_GT(ndcg(1), ndcg(0) + 0.1);
  EXPECT_GT(ndcg(3), ndcg(1) + 0.05);
}

class TasteTrial : public testing::Test {
 protected:
  const TestFolder folder_;
};

TEST_F(TasteTrial, KeepsThePublishedSplit) {
  folder_.write("taste/lightgcn-lastfm/data1.txt", "1\t10\t3\n1\t11\t1\n2\t10\t2\n");
  folder_.write("taste/lightgcn-lastfm/test1.txt", "2\t11\t4\n1\t10\t1\n");
  const auto set = read_taste_set(folder_.path(), "lightgcn");
  ASSERT_TRUE(set) << set.error().message;
  ASSERT_TRUE(set->published);
  EXPECT_EQ(set->published->learn.size(), 3U);
  EXPECT_EQ(set->published->held.size(), 1U) << "1 plays 10 in both parts";
  const auto figures = measure(*set, 5, 1);
  ASSERT_TRUE(figures) << figures.error().message;
  EXPECT_EQ(figures->splits, 1U);
  EXPECT_EQ(figures->counted, 1U);
  EXPECT_EQ(figures->methods.back().method, "ours");
}

TEST_F(TasteTrial, SaysWhatIsMissingOrWrong) {
  const auto nowhere = read_taste_set(folder_.path(), "hetrec");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(nowhere.error().message, testing::HasSubstr("taste.tar.zst"));
  folder_.write("taste/msd-turi-part/10000.txt", "a\tb\t1\nc\td\n");
  EXPECT_THAT(read_taste_set(folder_.path(), "hetrec").error().message,
              testing::HasSubstr("user_artists.dat"));
  const auto torn = read_taste_set(folder_.path(), "million_song");
  ASSERT_FALSE(torn);
  EXPECT_THAT(torn.error().message, testing::HasSubstr("10000.txt:2:"));
  folder_.write("taste/msd-turi-part/10000.txt", "");
  EXPECT_EQ(read_taste_set(folder_.path(), "million_song").error().kind, ErrorKind::kInvalidInput);
}

// The sets as they are published; skipped where they are not beside the project.
TEST(TasteSets, HaveTheirPublishedSizes) {
  const char* shared = std::getenv("HARMONIC_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "HARMONIC_SHARED names no folder of shared data";
  const auto data = fs::path{shared} / "data" / "music";
  const auto hetrec = read_taste_set(data, "hetrec");
  ASSERT_TRUE(hetrec) << hetrec.error().message;
  EXPECT_EQ(hetrec->plays.listeners(), 1892U);
  EXPECT_EQ(hetrec->plays.songs(), 17632U);
  EXPECT_EQ(hetrec->plays.size(), 92834U);
  const auto million = read_taste_set(data, "million_song");
  ASSERT_TRUE(million) << million.error().message;
  EXPECT_EQ(million->plays.size(), 42739U);
  const auto split = read_taste_set(data, "lightgcn");
  ASSERT_TRUE(split && split->published);
  EXPECT_EQ(split->published->learn.size(), 42135U);
}

}  // namespace
}  // namespace harmonic::tastetrial
