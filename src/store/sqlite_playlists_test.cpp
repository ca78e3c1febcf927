#include "store/sqlite_playlists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <thread>

#include "base/test_folder.h"
#include "store/sqlite_daily.h"
#include "store/sqlite_store.h"

namespace harmonic::store {
namespace {

using namespace std::chrono_literals;
using catalog::DailyList;
using catalog::DayPart;
using catalog::Playlist;
using std::chrono::system_clock;
using testing::HasSubstr;

class SqlitePlaylists : public testing::Test {
 protected:
  void SetUp() override {
    store_ = *open(folder_.path());
    playlists_ = *open_playlists(folder_.path());
    for (const char* path : {"/a", "/b", "/c"}) {
      catalog::Song song;
      song.path = path;
      songs_.push_back(*store_->put_song(song));
    }
  }

  [[nodiscard]] Playlist by_hand(const std::string& name, std::vector<SongId> songs) const {
    Playlist made;
    made.name = name;
    made.songs = std::move(songs);
    made.created_at = made.changed_at = system_clock::time_point{1'700'000'000'123ms};
    return made;
  }
  PlaylistId put(const Playlist& playlist) {
    const auto ids = playlists_->put_playlists(std::span{&playlist, 1});
    EXPECT_TRUE(ids) << ids.error().message;
    return ids ? ids->front() : PlaylistId{};
  }
  [[nodiscard]] Error refused(const Playlist& playlist) {
    const auto ids = playlists_->put_playlists(std::span{&playlist, 1});
    return ids ? Error{ErrorKind::kCorrupt, "done"} : ids.error();
  }
  [[nodiscard]] std::vector<std::string> names() const {
    const auto all = *playlists_->playlists();
    std::vector<std::string> found;
    std::transform(all.begin(), all.end(), std::back_inserter(found),
                   [](const Playlist& playlist) { return playlist.name; });
    return found;
  }

  TestFolder folder_;
  std::unique_ptr<catalog::Store> store_;
  std::unique_ptr<catalog::Playlists> playlists_;
  std::vector<SongId> songs_;
};

TEST_F(SqlitePlaylists, KeepsBothKindsOverARestart) {
  auto rules = by_hand("Rules", {});
  rules.rules = R"({"all":[]})";
  rules.comment = "a comment";
  put(rules);
  put(by_hand("hand", {songs_[2], songs_[0], songs_[2]}));
  playlists_ = *open_playlists(folder_.path());
  const auto all = *playlists_->playlists();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name, "hand") << "by name, upper and lower case alike";
  EXPECT_EQ(all[0].songs, (std::vector{songs_[2], songs_[0], songs_[2]}))
      << "a song may stand twice";
  EXPECT_EQ(all[0].rules, std::nullopt);
  EXPECT_EQ(all[0].created_at, rules.created_at);
  EXPECT_EQ(all[1].rules, rules.rules);
  EXPECT_EQ(all[1].comment, "a comment");
}

// The failure: a file that is away for a day has lost its place in every playlist.
TEST_F(SqlitePlaylists, AMissingOrMovedSongKeepsItsPlace) {
  put(by_hand("list", songs_));
  ASSERT_TRUE(store_->mark_missing(songs_[1]));
  EXPECT_EQ(playlists_->playlists()->front().songs, songs_);
  const catalog::FilePlace moved{songs_[1], "/elsewhere/b", {}, {}};
  ASSERT_TRUE(store_->place_songs(std::span{&moved, 1}));
  EXPECT_EQ(playlists_->playlists()->front().songs, songs_);
  EXPECT_EQ(store_->song(songs_[1])->path, "/elsewhere/b");
}

TEST_F(SqlitePlaylists, RefusesWhatCannotBeKept) {
  put(by_hand("list", songs_));
  EXPECT_EQ(refused(by_hand("", {})).kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(refused(by_hand("LIST", {})).message, HasSubstr("'list' already"));
  EXPECT_THAT(refused(by_hand("new", {SongId{777}})).message, HasSubstr("no song 777"));
  auto both = by_hand("both", songs_);
  both.rules = "{}";
  EXPECT_THAT(refused(both).message, HasSubstr("'both' has rules"));
  auto gone = by_hand("gone", {});
  gone.id = PlaylistId{99};
  EXPECT_EQ(refused(gone).kind, ErrorKind::kNotFound);
  EXPECT_EQ(playlists_->remove_playlist(PlaylistId{99}).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(names(), std::vector<std::string>{"list"});
}

// The failure: of two who add a song at once, one song is gone.
TEST_F(SqlitePlaylists, ALateWriterIsToldAndDoesNotOverwrite) {
  put(by_hand("list", {}));
  auto first = playlists_->playlists()->front();
  auto second = first;
  first.songs = {songs_[0]};
  second.songs = {songs_[1]};
  put(first);
  EXPECT_EQ(refused(second).kind, ErrorKind::kUnavailable);
  EXPECT_EQ(playlists_->playlists()->front().songs, std::vector{songs_[0]});
}

TEST_F(SqlitePlaylists, PutsAllOrNone) {
  const std::vector<Playlist> two{by_hand("one", {}), by_hand("two", {SongId{777}})};
  EXPECT_FALSE(playlists_->put_playlists(two));
  EXPECT_TRUE(names().empty());
}

TEST_F(SqlitePlaylists, UndoGoesBackThroughEveryChange) {
  EXPECT_EQ(playlists_->undo_change().error().kind, ErrorKind::kNotFound);
  put(by_hand("list", songs_));
  auto changed = playlists_->playlists()->front();
  changed.songs = {songs_[1]};
  changed.name = "renamed";
  put(changed);
  ASSERT_TRUE(playlists_->remove_playlist(changed.id));
  put(by_hand("renamed", {}));

  using Names = std::vector<std::string>;
  EXPECT_EQ(*playlists_->undo_change(), Names{"renamed"}) << "the new one goes";
  EXPECT_TRUE(names().empty());
  EXPECT_EQ(*playlists_->undo_change(), Names{"renamed"}) << "the removed one is back";
  EXPECT_EQ(playlists_->playlists()->front().songs, std::vector{songs_[1]});
  EXPECT_EQ(playlists_->playlists()->front().id, changed.id);
  EXPECT_EQ(*playlists_->undo_change(), Names{"renamed"});
  EXPECT_EQ(names(), Names{"list"});
  EXPECT_EQ(playlists_->playlists()->front().songs, songs_);
  changed.songs.clear();
  EXPECT_EQ(refused(changed).kind, ErrorKind::kUnavailable) << "read before the undo";
  ASSERT_TRUE(playlists_->undo_change());
  EXPECT_TRUE(names().empty());
  EXPECT_FALSE(playlists_->undo_change());
}

// The failure: a page takes back its own deletion, and with it what somebody else made since.
TEST_F(SqlitePlaylists, UndoOfOneListLeavesTheChangesOfOthersAlone) {
  put(by_hand("mine", songs_));
  const auto mine = playlists_->playlists()->front().id;
  ASSERT_TRUE(playlists_->remove_playlist(mine));
  put(by_hand("yours", {}));
  const auto undone = playlists_->undo_change(mine);
  ASSERT_FALSE(undone);
  EXPECT_EQ(undone.error().kind, ErrorKind::kUnavailable);
  EXPECT_EQ(names(), std::vector<std::string>{"yours"});
  ASSERT_TRUE(playlists_->undo_change());
  EXPECT_EQ(*playlists_->undo_change(mine), std::vector<std::string>{"mine"});
  EXPECT_EQ(playlists_->playlists()->front().songs, songs_);
}

TEST_F(SqlitePlaylists, KeepsSoManyChangesAndNoMore) {
  for (int i = 0; i < catalog::Playlists::kKeptChanges + 5; ++i)
    put(by_hand("list " + std::to_string(i), {}));
  int undone = 0;
  while (playlists_->undo_change()) ++undone;
  EXPECT_EQ(undone, catalog::Playlists::kKeptChanges);
  EXPECT_EQ(names().size(), 5U);
}

// The failure: a playlist that a person made is half there, or gone, after a power cut.
TEST_F(SqlitePlaylists, WhatWasAcknowledgedSurvivesAKill) {
  std::array<int, 2> ends{-1, -1};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto own = open_playlists(folder_.path());
    for (int i = 0; own; ++i) {
      const auto list = by_hand("list " + std::to_string(i), songs_);
      if (!(*own)->put_playlists(std::span{&list, 1})) ::_exit(1);
      if (::write(ends[1], &i, sizeof i) != sizeof i) ::_exit(2);
    }
    ::_exit(3);
  }
  ::close(ends[1]);
  int told = -1;
  ASSERT_EQ(::read(ends[0], &told, sizeof told), static_cast<ssize_t>(sizeof told));
  std::this_thread::sleep_for(30ms);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "left by itself with " << WEXITSTATUS(status);
  while (::read(ends[0], &told, sizeof told) == sizeof told) {
  }
  ::close(ends[0]);
  const auto all = *playlists_->playlists();
  EXPECT_GE(all.size(), static_cast<std::size_t>(told) + 1);
  for (const auto& list : all) EXPECT_EQ(list.songs, songs_) << list.name;
}

TEST_F(SqlitePlaylists, DailyListsAreMadeOnceADay) {
  const auto daily = *open_daily_lists(folder_.path());
  const auto ann = *store_->find_or_add_listener("ann");
  const std::vector<DailyList> first{{DayPart::kMorning, "Monday morning", songs_},
                                     {DayPart::kNight, "Monday night", {}}};
  const std::vector<DailyList> other{{DayPart::kEvening, "Evening", {songs_[0]}}};
  EXPECT_TRUE(daily->lists(ann, 20'000)->empty());
  EXPECT_EQ(*daily->keep_lists(ann, 20'000, first), first);
  EXPECT_EQ(*daily->keep_lists(ann, 20'000, other), first) << "the day has its lists";
  EXPECT_EQ(*daily->lists(ann, 20'000), first);
  EXPECT_EQ(*daily->keep_lists(ann, 20'001, other), other);
  EXPECT_TRUE(daily->lists(ann, 20'000)->empty()) << "yesterday's are forgotten";
  EXPECT_EQ(daily->keep_lists(ListenerId{777}, 1, first).error().kind, ErrorKind::kNotFound);
}

TEST_F(SqlitePlaylists, PlaysBeforeAMomentInTheirOrder) {
  const auto daily = *open_daily_lists(folder_.path());
  const auto ann = *store_->find_or_add_listener("ann");
  const auto bob = *store_->find_or_add_listener("bob");
  const system_clock::time_point noon{1'700'000'000'000ms};
  const auto mood = ValenceArousal::clamped(0.5, -0.25);
  using catalog::PlayOutcome;
  ASSERT_TRUE(store_->add_play({ann, songs_[1], noon, 2s, PlayOutcome::kSkipped, mood}));
  ASSERT_TRUE(store_->add_play({ann, songs_[0], noon - 1min, 9s, PlayOutcome::kFinished, {}}));
  ASSERT_TRUE(store_->add_play({bob, songs_[0], noon, 9s, PlayOutcome::kFinished, {}}));
  EXPECT_EQ(daily->plays_before(ann, noon)->size(), 1U);
  const auto plays = *daily->plays_before(ann, noon + 1ms);
  ASSERT_EQ(plays.size(), 2U);
  EXPECT_EQ(plays[0].song, songs_[0]);
  EXPECT_EQ(plays[0].mood, std::nullopt);
  EXPECT_EQ(plays[1].outcome, PlayOutcome::kSkipped);
  EXPECT_EQ(plays[1].mood, mood);
  EXPECT_EQ(plays[1].started_at, noon);
}

}  // namespace
}  // namespace harmonic::store
