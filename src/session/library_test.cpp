#include "session/library.h"

#include <gtest/gtest.h>

#include "session/refresher.h"
#include "session/test_shelf.h"

namespace harmonic::session {
namespace {

TEST(Library, IsReadAgainOnlyWhenTheStoreChanged) {
  TestShelf shelf;
  Library library{shelf, ListenerId{1}};
  EXPECT_TRUE(library.songs()->empty());
  shelf.add("one", {});
  EXPECT_EQ(library.refresh_songs().value(), true);
  const auto held = library.songs();
  EXPECT_EQ(held->size(), 1U);
  EXPECT_EQ(library.refresh_songs().value(), false);
  EXPECT_EQ(library.songs(), held);
  shelf.add("two", {});
  EXPECT_EQ(library.refresh_songs().value(), true);
  EXPECT_EQ(held->size(), 1U) << "a snapshot changed under its reader";
  EXPECT_EQ(library.songs()->size(), 2U);
}

// A locked database emptied the page.
TEST(Library, AStoreThatFailsLeavesTheOldSongs) {
  TestShelf shelf;
  shelf.add("one", {});
  Library library{shelf, ListenerId{1}};
  ASSERT_TRUE(library.refresh_songs());
  shelf.add("two", {});
  shelf.broken = true;
  EXPECT_FALSE(library.refresh_songs());
  EXPECT_EQ(library.songs()->size(), 1U);
}

TEST(Library, HistoryIsFoundBySong) {
  TestShelf shelf;
  const auto song = shelf.add("one", {});
  catalog::Play play;
  play.song = song;
  ASSERT_TRUE(shelf.add_play(play));
  Library library{shelf, ListenerId{1}};
  EXPECT_EQ(library.history()->find(song), nullptr);
  ASSERT_TRUE(library.refresh_history());
  ASSERT_NE(library.history()->find(song), nullptr);
  EXPECT_EQ(library.history()->find(song)->plays, 1);
  EXPECT_EQ(library.history()->find(SongId{99}), nullptr);
}

TEST(Library, KnowsWhatListenersAlikePlay) {
  TestShelf shelf;
  for (const auto* title : {"calm", "quiet", "loud"}) shelf.add(title, {});
  Library library{shelf, ListenerId{1}};
  ASSERT_TRUE(library.refresh_songs());
  EXPECT_TRUE(library.leanings()->taste.empty()) << "nobody taught it anything";
  taste::IalsPlan plan;
  plan.dimensions = 2;
  library.use_taste({plan,
                     {"artist of calm\tcalm", "artist of quiet\tquiet", "artist of loud\tloud"},
                     {1, 0, 1, 0.1F, 0, 1}});
  const auto listener = shelf.find_or_add_listener("ann").value();
  ASSERT_TRUE(shelf.add_play({listener, SongId{1}, {}, {}, catalog::PlayOutcome::kFinished, {}}));
  ASSERT_TRUE(library.refresh_history());
  const auto leanings = library.leanings();
  EXPECT_EQ(leanings->songs, library.songs());
  ASSERT_EQ(leanings->taste.size(), 3U);
  EXPECT_GT(leanings->taste[1], leanings->taste[2]);
}

TEST(Refresher, BringsNewSongsAndEndsAtOnce) {
  TestShelf shelf;
  Library library{shelf, ListenerId{1}};
  const auto began = std::chrono::steady_clock::now();
  {
    const auto refresh = [&library] { return library.refresh_songs(); };
    const Refresher refresher{refresh, std::chrono::milliseconds{5}};
    shelf.add("one", {});
    while (library.songs()->size() < 1 &&
           std::chrono::steady_clock::now() - began < std::chrono::seconds{20}) {
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    EXPECT_EQ(library.songs()->size(), 1U);
  }
  {
    const Refresher slow{[&] { return library.refresh_songs(); }, std::chrono::hours{1}};
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{25});
}

}  // namespace
}  // namespace harmonic::session
