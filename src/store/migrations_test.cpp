#include "store/migrations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <iostream>
#include <vector>

#include "base/test_folder.h"
#include "store/sqlite_lists.h"
#include "store/sqlite_playlists.h"
#include "store/sqlite_preferences.h"
#include "store/sqlite_store.h"

namespace harmonic::store {
namespace {

using testing::HasSubstr;

// Rows as the program of that version wrote them; append one text with each new step.
constexpr std::array<const char*, 9> kRowsOfVersion{
    "",
    // version 1
    ("INSERT INTO songs (path, bytes, modified_ns, container, duration_ms, title, artist, album, "
     "album_artist, genre, analysis_version, tempo_confidence, key_strength, valence, arousal, "
     "features, vector) VALUES ('/old.ogg', 1, 2, 'ogg', 3, 'Old', '', '', '', '', 1, 0, 0, 0.5, "
     "-0.5, 1, x'0000803f'); INSERT INTO failed_files VALUES ('/bad', 1, 2, 'empty');"),
    // version 2
    ("INSERT INTO listeners (name) VALUES ('ann'); INSERT INTO plays VALUES (1, 1, 1, 0, 1000, 0, "
     "NULL, NULL); INSERT INTO likes VALUES (1, 1);"),
    // version 3
    ("INSERT INTO lists VALUES (1, 'old'); INSERT INTO listed_songs VALUES (1, 1, 'Old', '', '', "
     "'Sad', '', NULL, NULL);"),
    // version 4
    ("INSERT INTO songs (path, bytes, modified_ns, container, duration_ms, title, artist, album, "
     "album_artist, genre, analysis_version, tempo_confidence, key_strength, features, vector, "
     "content) VALUES ('/unheard.ogg', 1, 2, 'ogg', 3, 'Unheard', '', '', '', '', 0, 0, 0, 0, x'', "
     "x'000102030405060708090a0b0c0d0e0f');"),
    // version 5
    ("INSERT INTO song_tags VALUES (1, 'Ann' || char(10) || 'Bob', '', '', NULL, 1, NULL, '1999', "
     "'', '', '', '', '', -3.5, NULL, NULL, NULL);"),
    // version 6
    ("INSERT INTO plays VALUES (2, 1, 1, 1, 1000, 3, -0.5, 0.5); INSERT INTO banned_artists VALUES "
     "(1, 'Old'); INSERT INTO banned_songs VALUES (1, 1); INSERT INTO learning VALUES (1, 5, x'', "
     "0, NULL, x'');"),
    // version 7
    ("INSERT INTO playlists VALUES (1, 'old', '', NULL, 1, 1, 1); INSERT INTO playlist_songs "
     "VALUES (1, 1, 1); INSERT INTO former_playlists (change, playlist) VALUES (1, 1); INSERT INTO "
     "daily_lists VALUES (1, 20000, 1, 0, 'Morning', '1 2');"),
    // version 8
    "INSERT INTO agreed VALUES (1);",
};

std::unique_ptr<Connection> made_by_version(const std::filesystem::path& folder,
                                            std::size_t version) {
  auto connection = Connection::open(folder / kFileName);
  EXPECT_TRUE(connection);
  for (std::size_t step = 0; step <= version; ++step) {
    EXPECT_TRUE(migrate(**connection, migrations().first(step)));
    const auto rows = (*connection)->run(kRowsOfVersion.at(step));
    EXPECT_TRUE(rows) << rows.error().message;
  }
  return *std::move(connection);
}

// The failure: an update of the program loses the library or the history of its users.
TEST(Migrations, KeepWhatEveryEarlierVersionStored) {
  ASSERT_EQ(kRowsOfVersion.size(), migrations().size() + 1) << "rows for the newest version";
  for (std::size_t version = 0; version <= migrations().size(); ++version) {
    const TestFolder folder;
    made_by_version(folder.path(), version).reset();
    auto store = open(folder.path());
    ASSERT_TRUE(store) << "from version " << version << ": " << store.error().message;
    const auto songs = *(*store)->songs();
    const std::size_t stored = version >= 4 ? 2 : version >= 1 ? 1 : 0;
    ASSERT_EQ(songs.size(), stored) << "from version " << version;
    if (version >= 1) {
      EXPECT_EQ(songs[0].tags.title, "Old");
      EXPECT_EQ(songs[0].sound.vector, std::vector<float>{1.0F});
      EXPECT_EQ(songs[0].sound.mood, ValenceArousal::clamped(0.5, -0.5));
      EXPECT_EQ(songs[0].sound.mood_version, 1);
      EXPECT_EQ(songs[0].content, std::nullopt);
      EXPECT_EQ((*store)->failed_files()->size(), 1U);
      EXPECT_EQ(songs[0].tags.artists.size(), version >= 5 ? 2U : 0U);
    }
    if (version >= 4) {
      EXPECT_EQ(songs[1].sound.mood, std::nullopt);
      EXPECT_EQ(songs[1].content->at(15), std::byte{15});
    }
    const auto history = *(*store)->history(ListenerId{1});
    ASSERT_EQ(history.size(), version >= 2 ? 1U : 0U) << "from version " << version;
    if (version >= 2) {
      EXPECT_EQ(history[0].plays, 1);
      EXPECT_TRUE(history[0].liked);
    }
    const auto preferences = *open_preferences(folder.path());
    const auto plays = *preferences->newest_plays(ListenerId{1}, 9);
    ASSERT_EQ(plays.size(), version >= 6 ? 2U : version >= 2 ? 1U : 0U) << "from " << version;
    if (version >= 2) {
      EXPECT_EQ(plays.front().outcome, catalog::PlayOutcome::kFinished);
      EXPECT_EQ(plays.front().heard.count(), 1000);
    }
    if (version >= 6) {
      EXPECT_EQ(preferences->bans(ListenerId{1})->artists.at(0), "Old");
      EXPECT_TRUE(preferences->learning_start(ListenerId{1})->since);
    }
    const auto lists = *(*open_lists(folder.path()))->lists();
    ASSERT_EQ(lists.size(), version >= 3 ? 1U : 0U) << "from version " << version;
    if (version >= 3) {
      EXPECT_EQ(lists[0].songs.at(0).title, "Old");
    }
    const auto playlists = *(*open_playlists(folder.path()))->playlists();
    ASSERT_EQ(playlists.size(), version >= 7 ? 1U : 0U) << "from version " << version;
    if (version >= 7) {
      EXPECT_EQ(playlists[0].songs, std::vector{SongId{1}});
    }
    EXPECT_EQ(preferences->agreed()->size(), version >= 8 ? 1U : 0U)
        << "an update agrees for nobody";
  }
}

TEST(Migrations, RefuseTablesOfANewerProgram) {
  const TestFolder folder;
  {
    auto connection = made_by_version(folder.path(), migrations().size());
    ASSERT_TRUE(connection->run("PRAGMA user_version = 99"));
  }
  const auto store = open(folder.path());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(store.error().message, HasSubstr("newer program"));
  EXPECT_THAT(store.error().message, HasSubstr("update"));
}

// The failure: a step breaks off in its middle and leaves tables that no version knows.
TEST(Migrations, AStepThatFailsChangesNothing) {
  const TestFolder folder;
  auto connection = made_by_version(folder.path(), 1);
  const std::vector<std::string_view> steps{
      migrations()[0], "CREATE TABLE half (x); INSERT INTO no_such_table VALUES (1)"};
  const auto migrated = migrate(*connection, steps);
  ASSERT_FALSE(migrated);
  EXPECT_THAT(migrated.error().message, HasSubstr("step 2 of the tables"));
  EXPECT_EQ(*connection->number("PRAGMA user_version"), 1);
  EXPECT_EQ(*connection->number("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
  EXPECT_TRUE(migrate(*connection)) << "the right step then goes through";
}

// The failure: `harmonic scan` and the server start together on a new folder and one of them dies.
TEST(Migrations, ProgramsThatStartTogetherMayAllCreate) {
  const TestFolder folder;
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      const auto store = open(folder.path());
      if (!store) std::cerr << store.error().message << std::endl;
      ::_exit(store ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
}

}  // namespace
}  // namespace harmonic::store
