#include "audio/cue_sheet.h"

#include <gtest/gtest.h>

#include "audio/test_sound.h"
#include "base/test_folder.h"

namespace harmonic::audio {
namespace {

using namespace std::chrono_literals;

TEST(CueSheet, TellsItsTracks) {
  const auto sheet = parse_cue(
      "\xEF\xBB\xBFREM GENRE \"Alt Rock\"\r\nREM DATE 1999\r\nPERFORMER \"Ann\"\r\nTITLE "
      "\"Album\"\r\n"
      "FILE \"C:\\Music\\the album.wav\" WAVE\r\n"
      "  TRACK 01 AUDIO\r\n    TITLE \"One\"\r\n    INDEX 01 00:00:00\r\n"
      "  track 02 audio\r\n    TITLE Two words\r\n    PERFORMER \"Bob\"\r\n"
      "    INDEX 00 03:00:00\r\n    INDEX 01 03:02:45\r\n"
      "  TRACK 03 MODE1/2352\r\n    INDEX 01 09:00:00\r\n");
  ASSERT_TRUE(sheet) << sheet.error().message;
  EXPECT_EQ(sheet->title, "Album");
  EXPECT_EQ(sheet->genre, "Alt Rock");
  EXPECT_EQ(sheet->date, "1999");
  ASSERT_EQ(sheet->tracks.size(), 2U);
  EXPECT_EQ(sheet->tracks[0].title, "One");
  EXPECT_EQ(sheet->tracks[0].performer, "Ann");
  EXPECT_EQ(sheet->tracks[0].file, "the album.wav");
  EXPECT_EQ(sheet->tracks[0].end, 182600ms);
  EXPECT_EQ(sheet->tracks[1].title, "Two words");
  EXPECT_EQ(sheet->tracks[1].performer, "Bob");
  EXPECT_EQ(sheet->tracks[1].start, 182600ms);
  EXPECT_EQ(sheet->tracks[1].end, std::nullopt);
}

TEST(CueSheet, EachOfSeveralFilesBeginsAnew) {
  const auto sheet = parse_cue(
      "FILE a.wav WAVE\nTRACK 1 AUDIO\nINDEX 01 00:10:00\nFILE b.wav WAVE\nTRACK 2 AUDIO\n"
      "INDEX 01 00:00:00\n");
  ASSERT_TRUE(sheet) << sheet.error().message;
  ASSERT_EQ(sheet->tracks.size(), 2U);
  EXPECT_EQ(sheet->tracks[0].end, std::nullopt);
  EXPECT_EQ(sheet->tracks[1].file, "b.wav");
}

// The failures: a sheet that reads outside its folder, or goes back in time.
TEST(CueSheet, WhatCannotBeIsRefusedByItsLine) {
  struct Case {
    const char* text;
    const char* says;
  };
  for (const auto& [text, says] :
       {Case{"", "no cue sheet"}, Case{"TITLE x\n", "no cue sheet"},
        Case{"FILE \"..\" WAVE\n", "line 1"}, Case{"FILE \"/\" WAVE\n", "line 1"},
        Case{"FILE a WAVE\nTRACK 0 AUDIO\n", "line 2"},
        Case{"TRACK 1 AUDIO\nINDEX 01 00:00:00\n", "line 2"},
        Case{"FILE a WAVE\nTRACK 1 AUDIO\nINDEX 01 00:61:00\n", "line 3"},
        Case{"FILE a WAVE\nTRACK 1 AUDIO\nINDEX 01 5:00:00\nTRACK 2 AUDIO\nINDEX 01 4:00:00\n",
             "begins before"}}) {
    const auto sheet = parse_cue(text);
    ASSERT_FALSE(sheet) << text;
    EXPECT_NE(sheet.error().message.find(says), std::string::npos) << sheet.error().message;
  }
  EXPECT_EQ(
      parse_cue("FILE \"../../etc/passwd\" WAVE\nTRACK 1 AUDIO\nINDEX 01 0:0:0\n")->tracks[0].file,
      "passwd");
}

TEST(CueSheet, ItsSoundMayHaveBeenCodedSince) {
  const TestFolder scratch;
  CueTrack track;
  track.file = "album.wav";
  EXPECT_FALSE(sound_of(track, scratch.path() / "album.cue"));
  test::write(scratch.path() / "album.flac", {});
  EXPECT_EQ(*sound_of(track, scratch.path() / "album.cue"), scratch.path() / "album.flac");
}

}  // namespace
}  // namespace harmonic::audio
