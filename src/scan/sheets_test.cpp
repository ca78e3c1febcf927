#include "scan/sheets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string>

#include "audio/cue_song.h"
#include "audio/test_sound.h"
#include "base/test_folder.h"
#include "mood/model_for_tests.h"
#include "scan/memory_store.h"
#include "scan/scan.h"

namespace harmonic::scan {
namespace {

namespace fs = std::filesystem;
namespace sound = audio::test;
using testing::ElementsAre;

class Sheets : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(album());
    sound::write(album() / "a.wav",
                 sound::wav(sound::joined(sound::sine(220, 0.5, 2), sound::sine(440, 0.5, 2))));
  }
  [[nodiscard]] fs::path music() const { return fs::canonical(scratch_.path()) / "music"; }
  [[nodiscard]] fs::path album() const { return music() / "album"; }

  static std::string two_tracks(const std::string& file, const std::string& first = "One") {
    return "TITLE Album\nPERFORMER Ann\nFILE " + file + " WAVE\nTRACK 1 AUDIO\nTITLE " + first +
           "\nINDEX 01 0:0:0\nTRACK 2 AUDIO\nTITLE Two\nINDEX 01 0:2:0\n";
  }
  void write_sheet(const std::string& text, const std::string& name = "a.cue") const {
    sound::write(album() / name, std::as_bytes(std::span{text}));
  }
  Summary run(bool tags_only = false, std::chrono::milliseconds settle = {}) {
    Options options{{music()}, 1};
    options.moods = model_;
    options.tags_only = tags_only;
    options.settle = settle;
    looked_into_ = 0;
    const auto summary = scan(store_, options, [this](const Progress& progress) {
      if (progress.phase == Phase::kLooking) looked_into_ = progress.done;
    });
    EXPECT_TRUE(summary) << summary.error().message;
    return summary.value_or(Summary{});
  }
  /// Title, seconds and whether it was heard, by path.
  [[nodiscard]] std::vector<std::string> songs() const {
    auto all = *store_.songs();
    std::ranges::sort(all, {}, &catalog::Song::path);
    std::vector<std::string> told;
    for (const auto& song : all) {
      told.push_back(song.shown_title() + " " + std::to_string(song.duration.count() / 1000) +
                     (song.sound.version > 0 ? " heard" : ""));
    }
    return told;
  }

  TestFolder scratch_;
  MemoryStore store_;
  std::size_t looked_into_ = 0;  ///< files, by the last run
  std::shared_ptr<const mood::Model> model_ =
      std::make_shared<const mood::Model>(mood::test::small_model());
};

TEST_F(Sheets, EachTrackIsASong) {
  write_sheet(two_tracks("a.wav"));
  const auto first = run();
  EXPECT_THAT(songs(), ElementsAre("One 2 heard", "Two 2 heard"));
  EXPECT_EQ(first.decoded, 2U);
  EXPECT_TRUE(first.failed.empty());
  EXPECT_EQ((*store_.songs())[0].tags.album, "Album");
  const auto again = run();
  EXPECT_EQ(again.decoded, 0U) << "opened again though nothing changed";
  EXPECT_EQ(again.unchanged, 2U);
  EXPECT_EQ(again.missing, 0U);
}

TEST_F(Sheets, TagsComeBeforeTheHearing) {
  write_sheet(two_tracks("a.wav"));
  run(true);
  EXPECT_THAT(songs(), ElementsAre("One 2", "Two 2"));
  run();
  EXPECT_THAT(songs(), ElementsAre("One 2 heard", "Two 2 heard"));
}

// The failure: the whole album plays beside its songs, or plays are lost with the sheet.
TEST_F(Sheets, ASheetThatComesAndGoesTakesThePlaceOfTheFileAndGivesItBack) {
  run();
  EXPECT_THAT(songs(), ElementsAre("a 4 heard"));
  const auto whole = (*store_.songs())[0].id;
  write_sheet(two_tracks("a.wav"));
  EXPECT_EQ(run().missing, 1U);
  EXPECT_THAT(songs(), ElementsAre("One 2 heard", "Two 2 heard"));
  fs::remove(album() / "a.cue");
  EXPECT_EQ(run().missing, 2U);
  ASSERT_THAT(songs(), ElementsAre("a 4 heard"));
  EXPECT_EQ((*store_.songs())[0].id, whole) << "it lost its plays";
}

TEST_F(Sheets, AMovedAlbumKeepsItsSongs) {
  write_sheet(two_tracks("a.wav"));
  run();
  auto before = *store_.songs();
  fs::rename(album(), music() / "elsewhere");
  const auto summary = run();
  EXPECT_EQ(summary.moved, 2U);
  EXPECT_EQ(summary.decoded, 0U);
  auto after = *store_.songs();
  ASSERT_EQ(after.size(), 2U);
  std::ranges::sort(before, {}, &catalog::Song::id);
  std::ranges::sort(after, {}, &catalog::Song::id);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(after[i].id, before[i].id);
    EXPECT_EQ(after[i].path.filename(), before[i].path.filename());
    EXPECT_EQ(after[i].path.parent_path(), music() / "elsewhere/a.cue");
  }
}

TEST_F(Sheets, AChangedSheetIsReadAgain) {
  write_sheet(two_tracks("a.wav"));
  run();
  write_sheet(two_tracks("a.wav", "Renamed"));
  fs::last_write_time(album() / "a.cue", fs::file_time_type::clock::now() + std::chrono::hours{1});
  run();
  EXPECT_THAT(songs(), ElementsAre("Renamed 2 heard", "Two 2 heard"));
}

TEST_F(Sheets, WhatTellsNothingApartLeavesFilesAsTheyAre) {
  write_sheet("FILE a.wav WAVE\nTRACK 1 AUDIO\nTITLE Other\nINDEX 01 0:0:0\n", "one.cue");
  write_sheet(
      "FILE elsewhere.wav WAVE\nTRACK 1 AUDIO\nINDEX 01 0:0:0\nTRACK 2 AUDIO\n"
      "INDEX 01 0:1:0\n",
      "no sound.cue");
  write_sheet("this is no sheet\n", "broken.cue");
  const auto summary = run();
  EXPECT_THAT(songs(), ElementsAre("a 4 heard"));
  ASSERT_EQ(summary.failed.size(), 1U);
  EXPECT_EQ(summary.failed[0].path.filename(), "broken.cue");
}

// The failure: a slip of the editor takes an album's songs, and their plays, out of the library.
TEST_F(Sheets, ASheetThatBreaksKeepsItsSongs) {
  write_sheet(two_tracks("a.wav"));
  run();
  write_sheet("oops");
  const auto summary = run(true);
  EXPECT_EQ(summary.missing, 0U);
  EXPECT_EQ(summary.failed.size(), 1U);
}

TEST_F(Sheets, OfTwoForOneFileTheFirstCounts) {
  write_sheet(two_tracks("a.wav"));
  write_sheet(two_tracks("a.wav", "Uno"), "b.cue");
  run();
  EXPECT_THAT(songs(), ElementsAre("One 2 heard", "Two 2 heard"));
}

// The failure: the songs of one disc in the place of the other's.
TEST_F(Sheets, TwoDiscsInOneSheetKeepAllTheirSongs) {
  fs::copy_file(album() / "a.wav", album() / "b.wav");
  write_sheet(two_tracks("a.wav") +
              "FILE b.wav WAVE\nTRACK 1 AUDIO\nTITLE Three\nINDEX 01 0:0:0\nTRACK 2 AUDIO\n"
              "TITLE Four\nINDEX 01 0:2:0\n");
  run();
  EXPECT_THAT(songs(), ElementsAre("One 2 heard", "Two 2 heard", "Three 2 heard", "Four 2 heard"));
}

TEST_F(Sheets, ATrackBehindTheFilesEndIsTheOnlyOneThatFails) {
  write_sheet(two_tracks("a.wav") + "TRACK 3 AUDIO\nTITLE Three\nINDEX 01 0:9:0\n");
  const auto summary = run();
  ASSERT_EQ(summary.failed.size(), 1U);
  EXPECT_EQ(summary.failed[0].path, audio::path_of_track(album() / "a.cue", 3));
  EXPECT_THAT(songs(), testing::IsSupersetOf({"One 2 heard"}));
}

/// The same album as a FLAC, with the sheet inside.
class InnerSheets : public Sheets {
 protected:
  void SetUp() override {
    Sheets::SetUp();
    if (!write_flac(two_tracks("a.wav")))
      GTEST_SKIP() << "the ffmpeg command is not installed, so no FLAC can be made";
    fs::remove(album() / "a.wav");
  }
  [[nodiscard]] fs::path flac() const { return album() / "a.flac"; }
  [[nodiscard]] bool write_flac(const std::string& sheet) const {
    const auto next = fs::canonical(scratch_.path()) / "next.flac";
    const auto& from = fs::exists(flac()) ? flac() : album() / "a.wav";
    if (!sound::encode(from, "-c:a flac -map_metadata -1 -metadata CUESHEET='" + sheet + "'", next))
      return false;
    fs::rename(next, flac());
    return true;
  }
  /// Id by path.
  [[nodiscard]] std::map<std::string, std::int64_t> ids() const {
    return ids_below(music(), store_);
  }
};

TEST_F(InnerSheets, EachTrackIsASongAndTheFileIsLookedIntoOnce) {
  const auto first = run();
  EXPECT_THAT(songs(), ElementsAre("One 2 heard", "Two 2 heard"));
  EXPECT_EQ((*store_.songs())[0].tags.album, "Album");
  EXPECT_EQ(looked_into_, 1U);
  EXPECT_TRUE(first.failed.empty());
  const auto again = run();
  EXPECT_EQ(looked_into_, 0U);
  EXPECT_EQ(again.unchanged, 2U);
  EXPECT_EQ(again.missing + again.decoded + again.read, 0U);
}

TEST_F(InnerSheets, WhatTellsNothingApartIsOneSong) {
  for (const char* sheet :
       {"", "oops", "FILE a.wav WAVE\nTRACK 1 AUDIO\nINDEX 01 0:0:0\n",
        "FILE a.wav WAVE\nTRACK 1 AUDIO\nINDEX 01 0:0:0\nFILE b.wav WAVE\nTRACK 2 AUDIO\n"
        "INDEX 01 0:0:0\n"}) {
    ASSERT_TRUE(write_flac(sheet));
    run();
    EXPECT_THAT(songs(), ElementsAre("a 4 heard")) << sheet;
    run();
    EXPECT_EQ(looked_into_, 0U) << sheet;
  }
}

// The failure: plays are lost when a tagger takes the sheet out, or somebody puts one beside.
TEST_F(InnerSheets, ASheetThatGoesComesAgainOrStandsBesideKeepsItsSongs) {
  run();
  const auto inside = ids();
  ASSERT_TRUE(write_flac(""));
  EXPECT_EQ(run().missing, 2U);
  EXPECT_THAT(songs(), ElementsAre("a 4 heard"));
  ASSERT_TRUE(write_flac(two_tracks("a.wav", "Uno")));
  EXPECT_EQ(run().missing, 1U);
  EXPECT_THAT(songs(), ElementsAre("Uno 2 heard", "Two 2 heard"));
  EXPECT_EQ(ids(), inside);
  write_sheet(two_tracks("a.wav", "Ein"));
  EXPECT_EQ(run().moved, 2U);
  EXPECT_EQ(ids().at("album/a.cue/track0002"), inside.at("album/a.flac/track0002"));
}

TEST_F(InnerSheets, AMovedAlbumKeepsItsSongs) {
  run();
  const auto before = ids();
  fs::rename(flac(), album() / "b.flac");
  const auto summary = run();
  EXPECT_EQ(summary.moved, 2U);
  EXPECT_EQ(summary.decoded, 0U);
  EXPECT_EQ(ids().at("album/b.flac/track0001"), before.at("album/a.flac/track0001"));
}

// The failure: an album leaves the library while its tags are being written.
TEST_F(InnerSheets, AFileThatIsBeingWrittenKeepsItsSongs) {
  run();
  ASSERT_TRUE(write_flac(""));
  EXPECT_EQ(run(false, std::chrono::hours{1}).missing, 0U);
  EXPECT_THAT(songs(), ElementsAre("One 2 heard", "Two 2 heard"));
}

// The failure: an album leaves the library while its disk or its rights fail.
TEST_F(InnerSheets, AFileThatMayNotBeReadKeepsItsSongs) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  run();
  ASSERT_TRUE(write_flac(""));
  fs::permissions(flac(), fs::perms::none);
  const auto summary = run();
  EXPECT_EQ(summary.missing, 0U);
  ASSERT_EQ(summary.failed.size(), 1U);
  EXPECT_EQ(summary.failed[0].path, flac());
  EXPECT_THAT(songs(), ElementsAre("One 2 heard", "Two 2 heard"));
}

// The failure: a file with a part that was refused is opened by every scan.
TEST_F(InnerSheets, ATrackBehindTheFilesEndFailsAloneAndOnce) {
  ASSERT_TRUE(write_flac(two_tracks("a.wav") + "TRACK 3 AUDIO\nTITLE Three\nINDEX 01 0:9:0\n"));
  EXPECT_EQ(run().failed.size(), 1U);
  EXPECT_EQ(run().failed.size(), 1U) << "what failed before is told again";
  EXPECT_EQ(looked_into_, 0U);
  EXPECT_THAT(songs(), testing::IsSupersetOf({"One 2 heard"}));
  ASSERT_TRUE(write_flac(two_tracks("a.wav")));
  run();
  run();
  EXPECT_EQ(looked_into_, 0U) << "for the sake of a track that its sheet has no more";
}

}  // namespace
}  // namespace harmonic::scan
