#include "store/sqlite_preferences.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "base/test_folder.h"
#include "store/sqlite_store.h"

namespace harmonic::store {
namespace {

using namespace std::chrono_literals;
using catalog::LearningStart;
using catalog::PlayOutcome;
using std::chrono::system_clock;

const system_clock::time_point kNoon{1'700'000'000'000ms};

/// A library with one listener and one song.
class Preferences : public testing::Test {
 protected:
  void SetUp() override {
    store_ = *open(folder_.path());
    ann_ = *store_->find_or_add_listener("ann");
    catalog::Song song;
    song.path = "/a.ogg";
    song_ = *store_->put_song(song);
    reopen();
  }
  void reopen() { preferences_ = *open_preferences(folder_.path()); }

  const TestFolder folder_;
  std::unique_ptr<catalog::Store> store_;
  std::unique_ptr<catalog::Preferences> preferences_;
  ListenerId ann_;
  SongId song_;
};

TEST_F(Preferences, AskingForAListenerAddsNobody) {
  EXPECT_EQ(*preferences_->listener("ann"), ann_);
  EXPECT_EQ(preferences_->listener("bob").error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(preferences_->listener("bob").error().kind, ErrorKind::kNotFound);
}

TEST_F(Preferences, TellTheNewestPlaysTheOldestFirst) {
  const auto mood = ValenceArousal::clamped(-0.5, 0.25);
  const auto bob = *store_->find_or_add_listener("bob");
  for (const auto& play :
       {catalog::Play{ann_, song_, kNoon + 2min, 3s, PlayOutcome::kNotNow, mood},
        catalog::Play{ann_, song_, kNoon, 9s, PlayOutcome::kFinished, {}},
        catalog::Play{ann_, song_, kNoon + 1min, 4s, PlayOutcome::kSkipped, mood},
        catalog::Play{bob, song_, kNoon + 3min, 4s, PlayOutcome::kFinished, mood}}) {
    ASSERT_TRUE(store_->add_play(play));
  }
  const auto plays = *preferences_->newest_plays(ann_, 2);
  ASSERT_EQ(plays.size(), 2U);
  EXPECT_EQ(plays[0].outcome, PlayOutcome::kSkipped);
  EXPECT_EQ(plays[0].started_at, kNoon + 1min);
  EXPECT_EQ(plays[1].outcome, PlayOutcome::kNotNow);
  EXPECT_EQ(plays[1].mood, mood);
  EXPECT_EQ(plays[1].heard, 3s);
  EXPECT_EQ(preferences_->newest_plays(ann_, 9)->size(), 3U);
  EXPECT_EQ(preferences_->newest_plays(ann_, 9)->front().mood, std::nullopt);
  const auto history = *store_->history(ann_);
  EXPECT_EQ(history.at(0).skips, 1) << "\"not now\" is no skip";
}

TEST_F(Preferences, ANewStartOfLearningCanBeTakenBackOnce) {
  EXPECT_EQ(*preferences_->learning_start(ann_), LearningStart{});
  EXPECT_EQ(preferences_->take_back_start(ann_).error().kind, ErrorKind::kNotFound);
  const LearningStart first{kNoon, std::string{"a\0b", 3}};
  const LearningStart second{kNoon + 1h, ""};
  ASSERT_TRUE(preferences_->start_learning(ann_, first));
  reopen();
  EXPECT_EQ(*preferences_->learning_start(ann_), first);
  ASSERT_TRUE(preferences_->start_learning(ann_, second));
  ASSERT_TRUE(preferences_->take_back_start(ann_));
  EXPECT_EQ(*preferences_->learning_start(ann_), first);
  EXPECT_FALSE(preferences_->take_back_start(ann_));
  ASSERT_TRUE(preferences_->start_learning(ann_, second));
  EXPECT_EQ(*preferences_->learning_start(ann_), second);
}

TEST_F(Preferences, BansStandUntilTheyAreLifted) {
  ASSERT_TRUE(preferences_->ban_artist(ann_, "Bob"));
  ASSERT_TRUE(preferences_->ban_artist(ann_, "Bob"));
  ASSERT_TRUE(preferences_->ban_song(ann_, song_));
  reopen();
  EXPECT_EQ(*preferences_->bans(ann_), (catalog::Bans{{"Bob"}, {song_}}));
  const auto other = *store_->find_or_add_listener("other");
  EXPECT_EQ(*preferences_->bans(other), catalog::Bans{});
  EXPECT_TRUE(*preferences_->lift_artist(ann_, "Bob"));
  EXPECT_FALSE(*preferences_->lift_artist(ann_, "Bob"));
  EXPECT_TRUE(*preferences_->lift_song(ann_, song_));
  EXPECT_EQ(*preferences_->bans(ann_), catalog::Bans{});
  EXPECT_EQ(preferences_->ban_artist(ann_, "").error().kind, ErrorKind::kInvalidInput);
}

// The failure: a ban of another program is not seen, or every look reads everything again.
TEST_F(Preferences, TellThatSomebodyElseHasWritten) {
  const auto before = *preferences_->writes_of_others();
  EXPECT_EQ(*preferences_->writes_of_others(), before);
  ASSERT_TRUE(preferences_->ban_artist(ann_, "Bob"));
  EXPECT_EQ(*preferences_->writes_of_others(), before) << "its own writes it knows";
  ASSERT_TRUE((*open_preferences(folder_.path()))->ban_artist(ann_, "Cy"));
  const auto after = *preferences_->writes_of_others();
  EXPECT_NE(after, before);
  EXPECT_EQ(*preferences_->writes_of_others(), after);
}

TEST_F(Preferences, NobodyAgreesUnasked) {
  const auto before = *preferences_->count_listeners();
  const auto bob = *store_->find_or_add_listener("bob");
  EXPECT_EQ(*preferences_->count_listeners(), before + 1);
  EXPECT_EQ(*preferences_->agreed(), std::vector<ListenerId>{});
  ASSERT_TRUE(preferences_->set_agreed(bob, true));
  ASSERT_TRUE(preferences_->set_agreed(bob, true));
  ASSERT_TRUE(preferences_->set_agreed(ann_, true));
  reopen();
  EXPECT_EQ(*preferences_->agreed(), (std::vector{ann_, bob}));
  ASSERT_TRUE(preferences_->set_agreed(ann_, false));
  ASSERT_TRUE(preferences_->set_agreed(ann_, false));
  EXPECT_EQ(*preferences_->agreed(), std::vector{bob});
  EXPECT_EQ(preferences_->set_agreed(ListenerId{99}, true).error().kind, ErrorKind::kNotFound);
}

TEST_F(Preferences, SayWhoOrWhatIsNotThere) {
  const ListenerId nobody{99};
  const auto said = [](const Result<void>& result) {
    return result ? std::string{"done"} : result.error().message;
  };
  EXPECT_EQ(said(preferences_->ban_song(ann_, SongId{77})), "there is no song 77");
  EXPECT_EQ(said(preferences_->ban_song(nobody, song_)), "there is no listener 99");
  EXPECT_EQ(said(preferences_->start_learning(nobody, {})), "there is no listener 99");
  EXPECT_TRUE(preferences_->bans(nobody)->artists.empty());
}

// The failure: a ban that was answered is gone after a crash.
TEST_F(Preferences, AreThereAfterAKill) {
  std::array<int, 2> ends{-1, -1};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto own = open_preferences(folder_.path());
    for (int i = 0; own; ++i) {
      if (!(*own)->ban_artist(ann_, std::to_string(i))) break;
      if (::write(ends[1], &i, sizeof i) != sizeof i) break;
    }
    ::_exit(1);
  }
  ::close(ends[1]);
  int told = 0;
  int newest = -1;
  while (newest < 20 && ::read(ends[0], &told, sizeof told) == sizeof told) newest = told;
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  while (::read(ends[0], &told, sizeof told) == sizeof told) newest = told;
  ::close(ends[0]);
  EXPECT_GE(preferences_->bans(ann_)->artists.size(), static_cast<std::size_t>(newest) + 1);
}

}  // namespace
}  // namespace harmonic::store
