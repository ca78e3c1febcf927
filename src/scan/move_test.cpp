// Files that were moved or renamed keep their songs; copies become songs of their own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "audio/test_sound.h"
#include "base/test_folder.h"
#include "scan/content.h"
#include "scan/memory_store.h"
#include "scan/scan.h"

namespace harmonic::scan {
namespace {

namespace fs = std::filesystem;
namespace sound = audio::test;

class Move : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(music() / "one");
    fs::create_directories(music() / "two");
  }
  [[nodiscard]] fs::path music() const { return fs::canonical(scratch_.path()) / "music"; }
  /// Music of its own for each frequency.
  void write(const std::string& name, double hz) const {
    sound::write(music() / name, sound::wav(sound::sine(hz, 0.5, 1.2)));
  }
  void rename(const std::string& from, const std::string& to) const {
    fs::rename(music() / from, music() / to);
  }
  Summary run(const OnProgress& on_progress = {}) {
    const auto summary = scan(store_, {{music()}, 2}, on_progress);
    EXPECT_TRUE(summary) << summary.error().message;
    return summary.value_or(Summary{});
  }
  /// Ids by the name below the music folder.
  [[nodiscard]] std::map<std::string, std::int64_t> ids() const {
    return ids_below(music(), store_);
  }
  TestFolder scratch_;
  MemoryStore store_;
};

TEST_F(Move, RenamedMovedAndBothAtOnce) {
  for (const char* name : {"one/a.wav", "one/b.wav", "one/c.wav"}) write(name, 300.0 + name[4]);
  run();
  const auto before = ids();
  rename("one/a.wav", "one/renamed.wav");
  rename("one/b.wav", "two/b.wav");
  rename("one/c.wav", "two/z.wav");
  const auto summary = run();
  EXPECT_EQ(summary.decoded, 0U) << "a moved file is not heard again";
  EXPECT_EQ(summary.read, 0U);
  EXPECT_EQ(summary.moved, 3U);
  EXPECT_EQ(summary.unchanged, 3U);
  EXPECT_EQ(summary.songs, 3U);
  EXPECT_EQ(summary.missing, 0U);
  const auto after = ids();
  EXPECT_EQ(after.at("one/renamed.wav"), before.at("one/a.wav"));
  EXPECT_EQ(after.at("two/b.wav"), before.at("one/b.wav"));
  EXPECT_EQ(after.at("two/z.wav"), before.at("one/c.wav"));
  EXPECT_EQ(run().unchanged, 3U) << "and the scan after it opens nothing";
}

TEST_F(Move, AFolder) {
  for (int i = 0; i < 5; ++i) write("one/" + std::to_string(i) + ".wav", 300.0 + i);
  run();
  const auto before = ids();
  fs::remove(music() / "two");
  rename("one", "two");
  const auto summary = run();
  EXPECT_EQ(summary.moved, 5U);
  EXPECT_EQ(summary.decoded, 0U);
  for (const auto& [name, id] : before) EXPECT_EQ(ids().at("two/" + name.substr(4)), id);
}

TEST_F(Move, TwoNamesExchanged) {
  write("one/a.wav", 300.0);
  write("one/b.wav", 400.0);
  // The stamps tell the two apart, as they do for files of different length.
  fs::last_write_time(music() / "one/a.wav",
                      fs::file_time_type::clock::now() - std::chrono::hours{1});
  run();
  const auto before = ids();
  rename("one/a.wav", "one/x");
  rename("one/b.wav", "one/a.wav");
  rename("one/x", "one/b.wav");
  const auto summary = run();
  EXPECT_EQ(summary.moved, 2U);
  EXPECT_EQ(summary.decoded, 0U);
  EXPECT_EQ(ids().at("one/a.wav"), before.at("one/b.wav"));
  EXPECT_EQ(ids().at("one/b.wav"), before.at("one/a.wav"));
}

// The failure: the new song takes the place, and with it the history, of the one that moved.
TEST_F(Move, ANewSongUnderTheOldName) {
  write("one/a.wav", 300.0);
  run();
  const auto before = ids().at("one/a.wav");
  rename("one/a.wav", "two/a.wav");
  write("one/a.wav", 400.0);
  fs::last_write_time(music() / "one/a.wav",
                      fs::file_time_type::clock::now() + std::chrono::hours{1});
  const auto summary = run();
  EXPECT_EQ(summary.moved, 1U);
  EXPECT_EQ(summary.decoded, 1U);
  EXPECT_EQ(ids().at("two/a.wav"), before);
  EXPECT_NE(ids().at("one/a.wav"), before);
}

TEST_F(Move, OverAnotherSong) {
  write("one/a.wav", 300.0);
  write("one/b.wav", 400.0);
  fs::last_write_time(music() / "one/a.wav",
                      fs::file_time_type::clock::now() - std::chrono::hours{1});
  run();
  const auto before = ids();
  rename("one/a.wav", "one/b.wav");
  const auto summary = run();
  EXPECT_EQ(summary.moved, 1U);
  EXPECT_EQ(summary.decoded, 0U);
  EXPECT_EQ(ids(), (std::map<std::string, std::int64_t>{{"one/b.wav", before.at("one/a.wav")}}));
}

TEST_F(Move, CopiesStaySongsOfTheirOwn) {
  write("one/a.wav", 300.0);
  fs::copy_file(music() / "one/a.wav", music() / "one/copy.wav");
  EXPECT_EQ(run().songs, 2U);
  const auto before = ids();
  fs::copy_file(music() / "one/a.wav", music() / "two/a.wav");
  const auto third = run();
  EXPECT_EQ(third.moved, 0U);
  EXPECT_EQ(third.decoded, 1U);
  EXPECT_EQ(ids().size(), 3U);
  EXPECT_EQ(ids().at("one/a.wav"), before.at("one/a.wav"));
  // Both copies of a folder move: each keeps the song of its own name.
  rename("one/a.wav", "two/copy of a.wav");
  rename("one/copy.wav", "two/copy.wav");
  EXPECT_EQ(run().moved, 2U);
  EXPECT_EQ(ids().at("two/copy.wav"), before.at("one/copy.wav"));
  EXPECT_EQ(ids().at("two/copy of a.wav"), before.at("one/a.wav"));
}

// A file that went away and is back is heard no second time, wherever it is back.
TEST_F(Move, AwayForAWhile) {
  write("one/a.wav", 300.0);
  write("one/b.wav", 400.0);
  run();
  const auto before = ids();
  fs::rename(music() / "one/a.wav", scratch_.path() / "a.wav");
  EXPECT_EQ(run().missing, 1U);
  EXPECT_EQ(ids().size(), 1U);
  fs::rename(scratch_.path() / "a.wav", music() / "two/other.wav");
  const auto summary = run();
  EXPECT_EQ(summary.moved, 1U);
  EXPECT_EQ(summary.decoded, 0U);
  EXPECT_EQ(ids().at("two/other.wav"), before.at("one/a.wav"));
}

// The walk saw the file at its old path; when it is opened, it is somewhere else.
TEST_F(Move, WhileAScanRuns) {
  for (int i = 0; i < 6; ++i) write("one/" + std::to_string(i) + ".wav", 300.0 + i);
  const auto move = [&](const Progress& progress) {
    if (progress.phase != Phase::kHearing || progress.done != 1) return;
    for (int i = 0; i < 6; ++i) {
      const auto name = std::to_string(i) + ".wav";
      rename("one/" + name, "two/" + name);
    }
  };
  const auto first = run(move);
  EXPECT_TRUE(first.failed.empty()) << "a file that moved is no broken file";
  const auto before = ids();
  EXPECT_EQ(before.size(), 6U);
  const auto second = run();
  EXPECT_EQ(second.moved, 6U);
  EXPECT_EQ(second.missing, 0U);
  EXPECT_EQ(first.decoded + second.decoded, 6U) << "no song was heard twice";
  for (const auto& [name, id] : before) EXPECT_EQ(ids().at("two/" + name.substr(4)), id);
}

// The failure: the songs of an unmounted disk are given to copies of them on another.
TEST_F(Move, AnUnmountedDiskKeepsItsSongs) {
  write("one/a.wav", 300.0);
  write("two/b.wav", 400.0);
  const auto both = [&] { return scan(store_, {{music() / "one", music() / "two"}, 1}); };
  ASSERT_TRUE(both());
  const auto before = ids();
  fs::copy_file(music() / "one/a.wav", music() / "two/a.wav");
  fs::remove(music() / "one/a.wav");
  const auto summary = both();
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->moved, 0U);
  EXPECT_EQ(summary->missing, 0U);
  EXPECT_EQ(ids().at("one/a.wav"), before.at("one/a.wav"));
  EXPECT_EQ(ids().size(), 3U);
}

// Libraries of earlier programs have no keys: the first scan gives them some, and hears nothing.
TEST_F(Move, SongsOfAnEarlierProgramAreGivenKeys) {
  write("one/a.wav", 300.0);
  run();
  auto song = store_.songs()->front();
  const auto key = song.content;
  song.content.reset();
  ASSERT_TRUE(store_.put_song(song));
  const auto summary = run();
  EXPECT_EQ(summary.decoded, 0U);
  EXPECT_EQ(summary.moved, 0U);
  EXPECT_EQ(summary.unchanged, 1U);
  EXPECT_EQ(store_.songs()->front().content, key);
  EXPECT_GT(store_.songs()->front().sound.version, 0);
}

TEST(Content, IsAnotherWhereverAFileDiffers) {
  const TestFolder scratch;
  std::vector<std::byte> bytes(kPieceBytes * 5, std::byte{1});
  const auto key_of = [&](std::vector<std::byte> content) {
    sound::write(scratch.path() / "file", content);
    const auto looked = glimpse(scratch.path() / "file");
    EXPECT_TRUE(looked) << looked.error().message;
    return looked->content;
  };
  const auto same = key_of(bytes);
  EXPECT_EQ(key_of(bytes), same);
  for (const std::size_t at : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
    auto other = bytes;
    other[at] = std::byte{2};
    EXPECT_NE(key_of(other), same) << at;
  }
  bytes.push_back(std::byte{1});
  EXPECT_NE(key_of(bytes), same) << "the size counts";
  EXPECT_EQ(glimpse(scratch.path() / "none").error().kind, ErrorKind::kNotFound);
}

}  // namespace
}  // namespace harmonic::scan
