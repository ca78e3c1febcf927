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

TEST(Refresher, BringsNewSongsAndEndsAtOnce) {
  TestShelf shelf;
  Library library{shelf, ListenerId{1}};
  const auto began = std::chrono::steady_clock::now();
  {
    const Refresher refresher{library, std::chrono::milliseconds{5}};
    shelf.add("one", {});
    while (library.songs()->size() < 1 &&
           std::chrono::steady_clock::now() - began < std::chrono::seconds{20}) {
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    EXPECT_EQ(library.songs()->size(), 1U);
  }
  { const Refresher slow{library, std::chrono::hours{1}}; }
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{25});
}

}  // namespace
}  // namespace harmonic::session
