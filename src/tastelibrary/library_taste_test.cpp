#include "tastelibrary/library_taste.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/dice.h"
#include "recommend/library_for_tests.h"
#include "recommend/rank.h"
#include "taste/camps_for_tests.h"
#include "taste/ials.h"

namespace harmonic::tastelibrary {
namespace {

constexpr std::uint32_t kSongs = 60;  // of which the model's listeners play the first half or the
                                      // second

taste::IalsModel model_of_camps() {
  taste::IalsPlan plan;
  plan.dimensions = 8;
  const auto plays = taste::test::two_camps(200, kSongs, 12);
  taste::IalsLearner learner{plays, plan};
  while (learner.epoch() < plan.epochs) learner.run_epoch(1);
  taste::IalsModel model{plan, {}, learner.factors().songs};
  for (std::uint32_t i = 0; i < kSongs; ++i)
    model.songs.push_back("Artist " + std::to_string(i) + "\tSong " + std::to_string(i));
  return model;
}

/// The model's songs and 20 that it does not know, even ones from the first camp. Where
/// `sound_tells`, each camp has a sound of its own.
recommend::Snapshot library(bool sound_tells) {
  Dice dice{4};
  std::vector<catalog::Song> songs;
  for (std::uint32_t i = 0; i < kSongs + 20; ++i) {
    const bool first = i < kSongs ? i < kSongs / 2 : i % 2 == 0;
    std::vector<float> sound(6);
    for (float& value : sound) value = dice.normal();
    if (sound_tells) sound[2] += first ? 4.0F : -4.0F;
    auto song = recommend::song(i + 1, "ARTIST " + std::to_string(i), 0.5, 0.5, sound);
    song.tags.title = "song " + std::to_string(i);
    songs.push_back(song);
  }
  return recommend::Snapshot::build(std::move(songs));
}

catalog::SongHistory played(std::int64_t song, int times) {
  catalog::SongHistory history;
  history.song = SongId{song};
  history.plays = times;
  return history;
}

TEST(LibraryTaste, LikesWhatListenersAlikePlay) {
  const auto songs = library(true);
  const LibraryTaste taste{model_of_camps(), songs};
  EXPECT_EQ(taste.known(), kSongs);
  const auto likings = taste.of(std::vector{played(1, 3), played(5, 2), played(9, 4)});
  ASSERT_EQ(likings.size(), songs.size());
  for (std::size_t i = 10; i < kSongs / 2; ++i) {
    EXPECT_GT(likings[i], 0.5F) << i;
    EXPECT_LT(likings[i + kSongs / 2], 0.5F) << i;
  }
}

TEST(LibraryTaste, PlacesAnUnknownSongByItsSound) {
  const auto songs = library(true);
  const LibraryTaste taste{model_of_camps(), songs};
  EXPECT_EQ(taste.guessed(), 20U);
  const auto likings = taste.of(std::vector{played(40, 3), played(45, 2)});
  for (std::size_t i = kSongs; i < songs.size(); ++i)
    EXPECT_EQ(likings[i] > 0.5F, i % 2 == 1) << i << " has " << likings[i];
}

TEST(LibraryTaste, GuessesNothingWhereTheSoundTellsNothing) {
  const auto songs = library(false);
  const LibraryTaste taste{model_of_camps(), songs};
  EXPECT_EQ(taste.guessed(), 0U);
  const auto likings = taste.of(std::vector{played(1, 3)});
  for (std::size_t i = kSongs; i < songs.size(); ++i) EXPECT_EQ(likings[i], recommend::kNotKnown);
}

TEST(LibraryTaste, SaysNothingOfAListenerWithoutAHistory) {
  const auto songs = library(true);
  const LibraryTaste taste{model_of_camps(), songs};
  EXPECT_THAT(taste.of({}), testing::IsEmpty());
  auto skipped = played(1, 1);
  skipped.skips = 2;
  EXPECT_THAT(taste.of(std::vector{skipped, played(999, 5)}), testing::IsEmpty());
}

TEST(LibraryTaste, KnowsNothingOfAnotherLibrary) {
  const auto songs = recommend::Snapshot::build({recommend::song(1, "x", 0, 0)});
  const LibraryTaste taste{model_of_camps(), songs};
  EXPECT_EQ(taste.known(), 0U);
  EXPECT_THAT(taste.of(std::vector{played(1, 3)}), testing::IsEmpty());
  const LibraryTaste none{model_of_camps(), recommend::Snapshot{}};
  EXPECT_THAT(none.of({}), testing::IsEmpty());
}

}  // namespace
}  // namespace harmonic::tastelibrary
