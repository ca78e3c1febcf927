#include "evaluate/spotting.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/test_folder.h"
#include "evaluate/archive_for_tests.h"

namespace harmonic::evaluate {
namespace {

using motion::Region;
using motion::Seconds;

motion::Act act(double onset, double offset, Region region = Region::kChin) {
  return {region, Seconds{onset}, Seconds{(onset + offset) / 2}, Seconds{offset}, {0, 2}, 8};
}

motion::Movement find(double onset, double offset, Region region = Region::kChin) {
  return {Seconds{onset}, Seconds{(onset + offset) / 2}, Seconds{offset}, region, 1};
}

TEST(Overlap, IsWhatBothCoverOverWhatEitherDoes) {
  EXPECT_NEAR(overlap_of(act(1, 2), find(1, 2)), 1, 1e-9);
  EXPECT_NEAR(overlap_of(act(1, 2), find(1.5, 2.5)), 1.0 / 3, 1e-9);
  EXPECT_EQ(overlap_of(act(1, 2), find(2, 3)), 0);
  EXPECT_EQ(overlap_of(act(1, 2), find(4, 5)), 0);
}

TEST(Match, CountsEveryActAndEveryFindOnce) {
  const std::vector acts{act(1, 2), act(5, 6, Region::kNose), act(8, 9)};
  const std::vector finds{find(1.1, 2.1), find(1, 2), find(5, 6.1), find(8.8, 10)};
  const auto counts = match(acts, finds);
  EXPECT_EQ(counts.acts, 3U);
  EXPECT_EQ(counts.finds, 4U);
  EXPECT_EQ(counts.right, 2U);
  EXPECT_EQ(counts.false_finds(), 2U);
  EXPECT_EQ(counts.right_region, 1U);
  EXPECT_EQ(counts.acts_of.at(static_cast<std::size_t>(Region::kChin)), 2U);
  EXPECT_EQ(counts.right_of.at(static_cast<std::size_t>(Region::kChin)), 1U);
  EXPECT_NEAR(counts.f1(), 4.0 / 7, 1e-9);
}

TEST(Match, SumsOverFilms) {
  SpotCounts all;
  for (int film = 0; film < 2; ++film) {
    auto counts = match(std::vector{act(1, 2)}, std::vector{find(1, 2), find(7, 8)});
    counts.films = 1;
    counts.minutes = 0.25;
    all += counts;
  }
  EXPECT_EQ(all.films, 2U);
  EXPECT_NEAR(all.false_per_minute(), 4, 1e-9);
  EXPECT_NEAR(all.f1(), 2.0 / 3, 1e-9);
  EXPECT_EQ(SpotCounts{}.f1(), 0);
  EXPECT_EQ(SpotCounts{}.false_per_minute(), 0);
}

// The figures of the model card speak of these films: sizes, durations and pauses as it says.
TEST(Script, KeepsToWhatTheCardSays) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    const auto script = make_script(Filming::kLively, seed);
    ASSERT_GE(script.acts.size(), 2U);
    EXPECT_GE(script.blinks.size(), 5U);
    EXPECT_GE(script.turns.size(), 3U);
    Seconds last{-1.5};
    for (const auto& acted : script.acts) {
      const double size = std::hypot(acted.peak.x, acted.peak.y);
      EXPECT_GE(size, 1.5 - 1e-9);
      EXPECT_LE(size, 3.0);
      EXPECT_GE((acted.offset - acted.onset).count(), 0.1 - 1e-9);
      EXPECT_LE((acted.offset - acted.onset).count(), 0.5);
      EXPECT_LT(acted.onset, acted.apex);
      EXPECT_LT(acted.apex, acted.offset);
      EXPECT_GE((acted.onset - last).count(), 1.5 - 1e-9);
      EXPECT_LE(acted.offset.count(), kFilmSeconds - 0.5);
      last = acted.offset;
    }
    EXPECT_TRUE(make_script(Filming::kNothing, seed).acts.empty());
    EXPECT_TRUE(make_script(Filming::kCalm, seed).blinks.empty());
    EXPECT_EQ(make_script(Filming::kLively, seed).acts[0].onset, script.acts[0].onset);
  }
}

class NobodySeen : public face::Detector {
 public:
  [[nodiscard]] Result<std::vector<face::Detection>> find(const image::Picture&) const override {
    return std::vector<face::Detection>{};
  }
};

TEST(Sitters, AreNotFoundWhereNoPhotographsAre) {
  const TestFolder folder;
  const auto sitters = read_sitters(folder.path(), NobodySeen{}, Cast::kReported, 3);
  ASSERT_FALSE(sitters);
  EXPECT_EQ(sitters.error().kind, ErrorKind::kNotFound);
}

}  // namespace
}  // namespace harmonic::evaluate
