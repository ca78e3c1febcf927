#include "scan/scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <functional>

#include "audio/test_sound.h"
#include "base/test_folder.h"
#include "mood/model_for_tests.h"
#include "scan/memory_store.h"
#include "scan/rescore.h"

namespace harmonic::scan {
namespace {

namespace fs = std::filesystem;
namespace sound = audio::test;
using testing::ElementsAre;
using testing::HasSubstr;

void write_song(const fs::path& path, double hz = 440.0) {
  sound::write(path, sound::wav(sound::sine(hz, 0.5, 1.2)));
}
void write_text(const fs::path& path, std::string_view text) {
  sound::write(path, std::as_bytes(std::span{text}));
}

std::vector<std::string> names(const std::vector<Trouble>& troubles) {
  std::vector<std::string> list;
  for (const auto& trouble : troubles) list.push_back(trouble.path.filename().string());
  return list;
}

class Scan : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(music()); }
  [[nodiscard]] fs::path music() const { return fs::canonical(scratch_.path()) / "music"; }
  Summary run(int jobs = 1) {
    Options options{{music()}, jobs};
    options.moods = model_;
    const auto summary = scan(store_, options);
    EXPECT_TRUE(summary) << summary.error().message;
    return summary.value_or(Summary{});
  }
  /// Songs of the library that were heard.
  [[nodiscard]] int heard() const {
    const auto songs = store_.songs();
    return static_cast<int>(std::count_if(songs->begin(), songs->end(),
                                          [](const auto& song) { return song.sound.version > 0; }));
  }
  [[nodiscard]] catalog::Song song(const fs::path& path) const {
    const auto songs = store_.songs();
    const auto found = std::find_if(songs->begin(), songs->end(),
                                    [&](const auto& one) { return one.path == path; });
    return found == songs->end() ? catalog::Song{} : *found;
  }
  TestFolder scratch_;
  MemoryStore store_;
  std::shared_ptr<const mood::Model> model_ =
      std::make_shared<const mood::Model>(mood::test::small_model());
};

TEST_F(Scan, HearsWhatIsNewAndOpensNothingTwice) {
  fs::create_directory(music() / "album");
  write_song(music() / "a.wav");
  write_song(music() / "album/b.wav");
  write_song(music() / "album/renamed.txt");
  const auto first = run(2);
  EXPECT_EQ(first.songs, 3U);
  EXPECT_EQ(first.decoded, 3U);
  EXPECT_NEAR(first.audio_seconds, 3.6, 0.01);
  // The proof that nothing is opened: the bytes are now rubbish, under the same size and time.
  const auto songs = store_.songs();
  for (const auto& song : *songs) {
    const auto time = fs::last_write_time(song.path);
    std::ofstream{song.path, std::ios::in | std::ios::binary} << "rubbish";
    fs::last_write_time(song.path, time);
  }
  const auto second = run();
  EXPECT_EQ(second.decoded, 0U);
  EXPECT_EQ(second.unchanged, 3U);
  EXPECT_EQ(second.songs, 3U);
  EXPECT_TRUE(second.failed.empty());
}

TEST_F(Scan, AChangedFileIsHeardAgainUnderItsId) {
  write_song(music() / "a.wav");
  run();
  const auto before = store_.songs()->front();
  write_song(music() / "a.wav", 880.0);
  fs::last_write_time(music() / "a.wav", fs::file_time_type::clock::now() + std::chrono::hours{1});
  EXPECT_EQ(run().decoded, 1U);
  const auto after = store_.songs()->front();
  EXPECT_EQ(after.id, before.id);
  EXPECT_NE(after.sound.vector, before.sound.vector);
}

// The failure: a library of a hundred thousand songs cannot be used before the last was decoded.
TEST_F(Scan, TagsAloneMakeSongsThatWaitToBeHeard) {
  write_song(music() / "a.wav");
  write_text(music() / "notes.mp3", "a shopping list, and not music");
  const auto first = scan(store_, {{music()}, 1, true});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->songs, 1U);
  EXPECT_EQ(first->read, 1U);
  EXPECT_EQ(first->unheard, 1U);
  EXPECT_EQ(first->decoded, 0U);
  EXPECT_THAT(names(first->failed), ElementsAre("notes.mp3"));
  const auto before = song(music() / "a.wav");
  EXPECT_EQ(before.container, "wav");
  EXPECT_EQ(before.duration, std::chrono::milliseconds{1200});
  EXPECT_EQ(before.sound.version, 0);
  EXPECT_FALSE(before.sound.mood);
  const auto again = scan(store_, {{music()}, 1, true});
  EXPECT_EQ(again->read, 0U);
  EXPECT_EQ(again->unheard, 1U);
  const auto second = run();
  EXPECT_EQ(second.read, 0U) << "its tags are known";
  EXPECT_EQ(second.decoded, 1U);
  const auto after = song(music() / "a.wav");
  EXPECT_EQ(after.id, before.id);
  EXPECT_EQ(after.content, before.content);
  EXPECT_TRUE(after.sound.mood);
}

// A song of the length of its promise, whose sound is not there: only hearing finds out.
TEST_F(Scan, ASongThatCannotBeHeardLeavesTheLibrary) {
  auto cut = sound::wav(sound::sine(440.0, 0.5, 3.0));
  cut.resize(cut.size() / 2);
  sound::write(music() / "cut.wav", cut);
  EXPECT_EQ(scan(store_, {{music()}, 1, true})->songs, 1U);
  const auto summary = run();
  EXPECT_EQ(summary.songs, 0U);
  EXPECT_EQ(summary.unheard, 0U);
  EXPECT_THAT(names(summary.failed), ElementsAre("cut.wav"));
  EXPECT_TRUE(store_.songs()->empty());
}

TEST_F(Scan, ANewMoodModelScoresWhatWasHeardWithoutOpeningIt) {
  write_song(music() / "a.wav");
  run();
  write_song(music() / "b.wav", 880.0);
  ASSERT_TRUE(scan(store_, {{music() / "b.wav"}, 1, true}));
  auto heard_song = song(music() / "a.wav");
  const auto mood = heard_song.sound.mood;
  heard_song.sound.mood = ValenceArousal::clamped(1, 1);
  heard_song.sound.mood_version = model_->version() + 1;
  ASSERT_TRUE(store_.put_song(heard_song));
  fs::rename(music() / "a.wav", scratch_.path() / "away.wav");
  std::vector<Progress> seen;
  EXPECT_EQ(rescore(store_, *model_, [&](const Progress& p) { seen.push_back(p); }), 1U);
  EXPECT_EQ(seen.size(), 1U);
  EXPECT_EQ(song(music() / "a.wav").sound.mood, mood);
  EXPECT_EQ(song(music() / "a.wav").sound.mood_version, model_->version());
  EXPECT_FALSE(song(music() / "b.wav").sound.mood) << "not heard yet";
  EXPECT_EQ(rescore(store_, *model_), 0U);
}

// An older analysis measured other things under the same names.
TEST_F(Scan, AnOlderAnalysisIsDoneAgain) {
  write_song(music() / "a.wav");
  run();
  auto song = store_.songs()->front();
  song.sound.version -= 1;
  ASSERT_TRUE(store_.put_song(song));
  EXPECT_EQ(run().decoded, 1U);
}

TEST_F(Scan, BrokenFilesAreListedWithReasonsAndRemembered) {
  write_song(music() / "good.wav");
  write_text(music() / "empty.mp3", "");
  write_text(music() / "notes.mp3", "a shopping list, and not music");
  write_text(music() / "photo.flac", "\x89PNG\r\n\x1a\nand so on");
  write_text(music() / "unknown",
             std::string_view{"\x01\x02\x00\x03 neither sound nor anything", 30});
  auto cut = sound::wav(sound::sine(440.0, 0.5, 3.0));
  cut.resize(cut.size() / 2);
  sound::write(music() / "cut.wav", cut);
  // These say plainly what they are, in name and content.
  write_text(music() / "cover.jpg", "\xFF\xD8\xFF\xE0 picture");
  write_text(music() / "lyrics.txt", "la la la");
  write_text(music() / "desktop.ini", "");
  write_text(music() / ".hidden.mp3", "rubbish");

  struct Case {
    const char* name;
    const char* reason;
  };
  const auto first = run(2);
  EXPECT_EQ(first.songs, 1U);
  ASSERT_THAT(names(first.failed),
              ElementsAre("cut.wav", "empty.mp3", "notes.mp3", "photo.flac", "unknown"));
  const Case cases[]{{"cut.wav", "cut off"},
                     {"empty.mp3", "empty"},
                     {"notes.mp3", "text"},
                     {"photo.flac", "PNG"},
                     {"unknown", "not a sound file"}};
  for (std::size_t i = 0; i < std::size(cases); ++i) {
    EXPECT_THAT(first.failed[i].reason, HasSubstr(cases[i].reason)) << cases[i].name;
  }
  EXPECT_EQ(store_.failed_files()->size(), 5U);
  const int opened = store_.failures_put();
  const auto second = run();
  EXPECT_EQ(names(second.failed), names(first.failed));
  EXPECT_EQ(store_.failures_put(), opened) << "a file that did not change was tried again";

  write_song(music() / "notes.mp3");
  EXPECT_EQ(run().decoded, 1U) << "a mended file is tried again";
}

TEST_F(Scan, AFileThatMayNotBeReadIsListedAndTriedAgain) {
  if (geteuid() == 0)
    GTEST_SKIP() << "root may read everything, so a file without permissions is no hindrance";
  write_song(music() / "a.wav");
  fs::permissions(music() / "a.wav", fs::perms::none);
  EXPECT_THAT(names(run().failed), ElementsAre("a.wav"));
  fs::permissions(music() / "a.wav", fs::perms::owner_all);
  EXPECT_EQ(run().decoded, 1U);
}

TEST_F(Scan, AFileThatIsGoneIsMarkedMissing) {
  write_song(music() / "a.wav");
  write_song(music() / "b.wav");
  run();
  fs::remove(music() / "a.wav");
  const auto summary = run();
  EXPECT_EQ(summary.missing, 1U);
  EXPECT_EQ(summary.songs, 1U);
  EXPECT_EQ(store_.songs()->size(), 1U);
}

// The failure: the disk is not mounted, the scan runs at night, the library is empty in the
// morning.
TEST_F(Scan, AnUnmountedDiskTakesNoSong) {
  fs::create_directory(music() / "disk");
  write_song(music() / "disk/a.wav");
  write_song(music() / "b.wav");
  ASSERT_TRUE(scan(store_, {{music() / "disk", music()}, 1}));
  struct Case {
    const char* what;
    std::function<void()> happens;
  };
  const auto disk = music() / "disk";
  for (const auto& [what, happens] :
       {Case{"empty mount point",
             [&] { fs::rename(disk / "a.wav", scratch_.path() / "away.wav"); }},
        Case{"no mount point", [&] { fs::remove(disk); }}}) {
    happens();
    const auto summary = scan(store_, {{disk, music() / "b.wav"}, 1});
    ASSERT_TRUE(summary) << what;
    EXPECT_EQ(summary->missing, 0U) << what;
    EXPECT_THAT(summary->failed.at(0).reason, HasSubstr("is its disk mounted?")) << what;
    EXPECT_EQ(store_.songs()->size(), 2U) << what;
  }
}

TEST_F(Scan, RootsThatAreNotThere) {
  const auto none = scan(store_, {{music() / "nowhere"}, 1});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::kNotFound);
  EXPECT_FALSE(scan(store_, {{}, 1}));
  const auto empty = scan(store_, {{music()}, 1});
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->songs, 0U);
  EXPECT_TRUE(empty->failed.empty());
}

TEST_F(Scan, LinksAreFollowedOnceAndLoopsEnd) {
  fs::create_directory(music() / "album");
  fs::create_directory(scratch_.path() / "elsewhere");
  write_song(music() / "album/a.wav");
  write_song(scratch_.path() / "elsewhere/b.wav");
  fs::create_directory_symlink(music(), music() / "album/loop");
  fs::create_directory_symlink(scratch_.path() / "elsewhere", music() / "linked");
  fs::create_symlink(music() / "album/a.wav", music() / "same.wav");
  fs::create_symlink(scratch_.path() / "elsewhere/b.wav", music() / "outside.wav");
  fs::create_symlink(music() / "nothing", music() / "dangling.wav");
  const auto summary = scan(store_, {{music(), music(), music() / "album"}, 1});
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->songs, 3U);  // a, b through the folder, b through its own link
  EXPECT_THAT(names(summary->failed), ElementsAre("dangling.wav"));
}

TEST_F(Scan, TellsItsProgressAndStopsWhenAsked) {
  for (int i = 0; i < 6; ++i) write_song(music() / (std::to_string(i) + ".wav"));
  std::stop_source source;
  std::vector<Progress> seen;
  std::vector<Progress> reading;
  const auto summary = scan(
      store_, {{music()}, 1},
      [&](const Progress& progress) {
        (progress.phase == Phase::kReading ? reading : seen).push_back(progress);
        if (progress.phase == Phase::kReading) return;
        if (progress.done == 3) source.request_stop();
      },
      source.get_token());
  ASSERT_TRUE(summary);
  EXPECT_TRUE(summary->stopped);
  ASSERT_EQ(reading.size(), 6U);
  EXPECT_EQ(reading.back().total, 6U);
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen.back().total, 6U);
  EXPECT_NEAR(seen.back().audio_seconds, 3.6, 0.01);
  ASSERT_TRUE(seen.back().left);
  EXPECT_GT(seen.back().times_realtime(), 0.0);
  EXPECT_EQ(summary->songs, 6U);
  EXPECT_EQ(summary->unheard, 3U);
  EXPECT_EQ(heard(), 3) << "what was heard is stored";
  EXPECT_EQ(run().decoded, 3U) << "and the rest is left to the next scan";
}

TEST_F(Scan, AStoreThatFailsEndsTheScan) {
  for (int i = 0; i < 4; ++i) write_song(music() / (std::to_string(i) + ".wav"));
  store_.fail_after(2);
  const auto summary = scan(store_, {{music()}, 1});
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().kind, ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace harmonic::scan
