#include "tastelibrary/company.h"

#include <gtest/gtest.h>

#include "recommend/library_for_tests.h"
#include "recommend/rank.h"

namespace harmonic::tastelibrary {
namespace {

using recommend::kNotKnown;
using Others = std::vector<ListenerHistory>;

recommend::Snapshot library(int songs) {
  return recommend::Snapshot::build(recommend::spread_library(songs, songs));
}

ListenerHistory plays_of(std::initializer_list<std::int64_t> songs, int times = 3) {
  ListenerHistory history;
  for (const auto song : songs) history.push_back({SongId{song}, times, 0, false, {}});
  return history;
}

TEST(Company, TellsWhatListenersAlikePlay) {
  const auto songs = library(40);
  const auto own = plays_of({1, 2, 3, 4});
  const Others others{plays_of({1, 2, 3, 4, 5, 6}), plays_of({20, 21, 22, 23, 24})};
  const auto company = company_of(songs, own, others);
  ASSERT_EQ(company.size(), 40U);
  EXPECT_GT(company[4], recommend::kInCompany) << "worth a word";
  EXPECT_EQ(company[4], company[5]);
  EXPECT_EQ(company[19], kNotKnown) << "who shares nothing tells nothing";
  EXPECT_EQ(company[30], kNotKnown);
}

// By hand: weights .75; shared 4 * .5625 = 2.25, by chance 3 * 4.5 / 40 = .3375, lengths
// sqrt(2.25 * 3.375) = 2.7557, so closeness = 1.9125 / 7.7557 = .24659 and a song of theirs gets
// .5 + .5 * .24659 * .75 / .34659.
TEST(Company, IsCountedAsItSays) {
  const auto company =
      company_of(library(40), plays_of({1, 2, 3, 4}), Others{plays_of({1, 2, 3, 4, 5, 6})});
  EXPECT_NEAR(company[5], 0.7668, 0.0001);
}

// The failure: somebody who plays everything is alike to everybody.
TEST(Company, WhatIsSharedByChanceIsNoLikeness) {
  ListenerHistory all;
  for (std::int64_t song = 1; song <= 40; ++song) all.push_back({SongId{song}, 3, 0, false, {}});
  EXPECT_TRUE(company_of(library(40), plays_of({1, 2, 3, 4}), Others{all}).empty());
}

TEST(Company, OneSharedSongSaysLittle) {
  const auto songs = library(40);
  const auto once = company_of(songs, plays_of({1}), Others{plays_of({1, 2})});
  ASSERT_FALSE(once.empty());
  EXPECT_GT(once[1], kNotKnown);
  EXPECT_LT(once[1], recommend::kInCompany);
}

TEST(Company, NobodyThereTellsNothing) {
  const auto songs = library(40);
  EXPECT_TRUE(company_of(songs, plays_of({1}), std::span<const ListenerHistory>{}).empty());
  EXPECT_TRUE(company_of(songs, {}, Others{plays_of({1})}).empty());
  auto skipped = plays_of({1, 2});
  for (auto& one : skipped) one = {one.song, 0, 5, false, {}};
  EXPECT_TRUE(company_of(songs, plays_of({1}), Others{skipped}).empty());
  EXPECT_TRUE(company_of(songs, plays_of({1}), Others{plays_of({77, 78})}).empty())
      << "songs that are not here";
}

TEST(Joined, TheMiddleChangesNothing) {
  const std::vector<float> taste{0.5F, 0.9F, 0.2F};
  const std::vector<float> company{0.75F, 0.5F, 0.75F};
  EXPECT_EQ(joined(taste, {}), taste);
  EXPECT_EQ(joined({}, company), company);
  const auto both = joined(taste, company);
  EXPECT_FLOAT_EQ(both[0], 0.75F);
  EXPECT_FLOAT_EQ(both[1], 0.9F);
  EXPECT_FLOAT_EQ(both[2], 0.15F / (0.15F + 0.2F));
}

}  // namespace
}  // namespace harmonic::tastelibrary
