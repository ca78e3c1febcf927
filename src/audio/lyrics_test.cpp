#include "audio/lyrics.h"

#include <gtest/gtest.h>

#include "audio/test_sound.h"

namespace harmonic::audio {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

TEST(Lrc, SeveralTimesOfALineStandEachInItsPlace) {
  const auto lyrics = parse_lrc(
      "[ti:Song]\r\n[by:x]\r\n[00:10.5]Verse\r\n[00:05.00][01:02.345]Chorus\r\n[00:07:25]\r\n");
  EXPECT_TRUE(lyrics.timed);
  ASSERT_EQ(lyrics.lines.size(), 4U);
  EXPECT_EQ(lyrics.lines[0].text, "Chorus");
  EXPECT_EQ(lyrics.lines[0].at, 5000ms);
  EXPECT_EQ(lyrics.lines[1].at, 7250ms);
  EXPECT_EQ(lyrics.lines[1].text, "");
  EXPECT_EQ(lyrics.lines[2].at, 10500ms);
  EXPECT_EQ(lyrics.lines[3].at, 62345ms);
  EXPECT_EQ(lyrics.lines[3].text, "Chorus");
}

TEST(Lrc, APositiveOffsetIsEarlierAndNeverBeforeTheStart) {
  const auto lyrics = parse_lrc("[offset:+1500]\n[00:01.00]A\n[00:03.00]B <00:03.50>c\n");
  ASSERT_EQ(lyrics.lines.size(), 2U);
  EXPECT_EQ(lyrics.lines[0].at, 0ms);
  EXPECT_EQ(lyrics.lines[1].at, 1500ms);
  ASSERT_EQ(lyrics.lines[1].words.size(), 1U);
  EXPECT_EQ(lyrics.lines[1].words[0].at, 2000ms);
  EXPECT_EQ(parse_lrc("[offset:-250]\n[00:01.00]A").lines[0].at, 1250ms);
  EXPECT_EQ(parse_lrc("[offset:99999999999]\n[00:01.00]A").lines[0].at, 1000ms);
}

TEST(Lrc, WordsAreTakenOutOfTheLine) {
  const auto lyrics = parse_lrc("[00:01.00] <00:01.00> Love <00:01.50> me <00:02.00>");
  ASSERT_EQ(lyrics.lines.size(), 1U);
  EXPECT_EQ(lyrics.lines[0].text, "Love  me");
  ASSERT_EQ(lyrics.lines[0].words.size(), 2U);
  EXPECT_EQ(lyrics.lines[0].words[1].text, "me");
  EXPECT_EQ(lyrics.lines[0].words[1].at, 1500ms);
}

TEST(Lrc, PlainTextKeepsItsLinesAndItsBrackets) {
  const auto lyrics = parse_lrc("[Chorus]\nI <3 you\n\n[Bridge: both] la\n\n");
  EXPECT_FALSE(lyrics.timed);
  ASSERT_EQ(lyrics.lines.size(), 4U);
  EXPECT_EQ(lyrics.lines[0].text, "[Chorus]");
  EXPECT_EQ(lyrics.lines[1].text, "I <3 you");
  EXPECT_EQ(lyrics.lines[3].text, "[Bridge: both] la");
}

TEST(Lrc, EveryEncodingBecomesUtf8) {
  EXPECT_EQ(parse_lrc("\xEF\xBB\xBF[00:01.00]n\xC3\xAF").lines[0].text, "n\xC3\xAF");
  EXPECT_EQ(parse_lrc("[00:01.00]n\xEF").lines[0].text, "n\xC3\xAF");
  const std::string_view little{"\xFF\xFEn\0\xEF\0=\xD8\x00\xDE", 10};  // n, i, a smile
  EXPECT_EQ(parse_lrc(little).lines[0].text, "n\xC3\xAF\xF0\x9F\x98\x80");
  const std::string_view big{"\xFE\xFF\0n\xD8\x00\0!", 8};  // half a pair
  EXPECT_EQ(parse_lrc(big).lines[0].text, "n\xEF\xBF\xBD!");
}

// The failure: a small file of brackets becomes lines without end.
TEST(Lrc, IsBounded) {
  std::string bomb;
  for (int i = 0; i < 200'000; ++i) bomb += "[00:01.00]";
  EXPECT_LE(parse_lrc(bomb).lines.size(), 64U);
  std::string many;
  for (int i = 0; i < 50'000; ++i) many += "[00:01]a\n";
  EXPECT_EQ(parse_lrc(many).lines.size(), 10'000U);
  EXPECT_TRUE(parse_lrc("").lines.empty());
  EXPECT_FALSE(parse_lrc("[99999:00]late").timed);
}

}  // namespace
}  // namespace harmonic::audio
