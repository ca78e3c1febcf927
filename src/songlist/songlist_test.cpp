// What people's files hold: odd quotes, other separators, words that nobody scaled, and songs that
// are there under another spelling.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "affect/circumplex.h"
#include "songlist/csv_table.h"
#include "songlist/elsewhere.h"
#include "songlist/mood_words.h"
#include "songlist/read_list.h"
#include "songlist/text.h"

namespace harmonic::songlist {
namespace {

using catalog::ListedSong;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(Csv, ReadsQuotesLineEndsAndOtherSeparators) {
  const auto table =
      parse_csv("\xEF\xBB\xBFname,artist\r\n\"A, b\",\"say \"\"c\"\"\"\n d\" , e \n");
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_THAT(table->columns, ElementsAre("name", "artist"));
  ASSERT_EQ(table->rows.size(), 2U);
  EXPECT_THAT(table->rows[0], ElementsAre("A, b", "say \"c\""));
  EXPECT_THAT(table->rows[1], ElementsAre("d\"", "e"));
  EXPECT_THAT(parse_csv("a;b\n1,5;2\n")->rows[0], ElementsAre("1,5", "2"));
  EXPECT_THAT(parse_csv("a\tb\nx y\tz")->rows[0], ElementsAre("x y", "z"));
}

TEST(Csv, RefusesWhatIsNoTable) {
  EXPECT_THAT(parse_csv("").error().message, HasSubstr("empty"));
  EXPECT_THAT(parse_csv("a,b\n\"never ends,1\n").error().message, HasSubstr("quote"));
  EXPECT_THAT(parse_csv("a,b\n\xFF\xFE,1\n").error().message, HasSubstr("UTF-8"));
  EXPECT_THAT(parse_csv(std::string_view{"a\0b\n", 4}).error().message, HasSubstr("UTF-8"));
  EXPECT_EQ(read_csv("/no/such/list.csv").error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(read_csv("/").error().kind, ErrorKind::kInvalidInput);
}

TEST(Text, KnowsUtf8FromWhatIsNot) {
  for (const auto* good :
       {"", "plain", "\xC3\xA9", "\xE0\xA4\x95", "\xF0\x9F\x8E\xB5", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  // Cut off, overlong, a surrogate, beyond the last code point, a lone tail.
  for (const auto* bad :
       {"\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

TEST(Text, TwoSpellingsHaveOneKey) {
  EXPECT_EQ(match_key(" Aaj Ibaadat (From Bajirao Mastani).opus"), match_key("aaj ibaadat"));
  EXPECT_EQ(match_key("Don't Stop [Remastered 2009]"), match_key("Dont stop"));
  EXPECT_EQ(match_key("Song feat. Somebody"), match_key("Song"));
  EXPECT_NE(match_key("Song 2"), match_key("Song"));
  EXPECT_EQ(match_key("\xE0\xA4\x95!"), "\xE0\xA4\x95");
  EXPECT_EQ(match_key("(intro)"), "");
}

TEST(MoodWords, ExpressionsStandWhereTheCamerasDo) {
  EXPECT_EQ(point_of_word(" Happy"), affect::point_of(affect::Emotion::kHappy));
  EXPECT_FALSE(point_of_word("polka"));
  for (const auto word : mood_words()) EXPECT_TRUE(point_of_word(word)) << word;
  const auto calm = *point_of_word("calm");
  EXPECT_GT(calm.valence(), 0.5F);
  EXPECT_LT(calm.arousal(), -0.5F);
}

Table hindi() {
  return *parse_csv(
      "S.No.,Lastfm_url,name,artist,Genre,Album/Movie\n"
      "1,https://www.last.fm/music/x, Aadat ,Atif Aslam,Angry,Kalyug\n"
      "2,javascript:alert(1),Tum Hi Ho,Arijit Singh,Romantic,\n"
      "3,,Aadat,atif aslam,Sad,\n"
      "4,,,Nobody,Sad,\n"
      "5,,Vande Mataram,A. R. Rahman,Polka,\n");
}

TEST(ReadList, FindsColumnsAndCountsWhatItLeavesOut) {
  const auto read = list_of(hindi(), "hindi", {});
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->list.songs.size(), 3U);
  const auto& [title, artist, album, word, mood, link] = read->list.songs[0];
  EXPECT_EQ(title, "Aadat");
  EXPECT_EQ(artist, "Atif Aslam");
  EXPECT_EQ(album, "Kalyug");
  EXPECT_EQ(word, "Angry");
  EXPECT_EQ(mood, affect::point_of(affect::Emotion::kAngry));
  EXPECT_EQ(link, "https://www.last.fm/music/x");
  EXPECT_EQ(read->list.songs[1].link, "") << "only web addresses become links";
  EXPECT_EQ(read->report.rows, 5U);
  EXPECT_EQ(read->report.nameless, 1U);
  EXPECT_EQ(read->report.repeated, 1U);
  EXPECT_EQ(read->report.moodless, 1U);
  EXPECT_EQ(read->report.unknown_words, (std::map<std::string, std::size_t>{{"Polka", 1}}));
}

TEST(ReadList, NumbersAreScaledAndWordsMayBeTaught) {
  const auto table = *parse_csv("t,who,v,a,w\nOne,x,9,1,Sad\nTwo,x,,5,POLKA\n");
  ReadOptions options;
  options.columns = {.title = "T",
                     .artist = "who",
                     .album = "",
                     .mood = "w",
                     .valence = "v",
                     .arousal = "a",
                     .link = ""};
  options.lowest = 1;
  options.highest = 9;
  options.words["polka"] = ValenceArousal::clamped(0.5, 0.5);
  const auto read = list_of(table, "deam", options);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->list.songs[0].mood, ValenceArousal::clamped(1, -1));
  EXPECT_EQ(read->list.songs[1].mood, ValenceArousal::clamped(0.5, 0.5));
}

TEST(ReadList, SaysWhichColumnsThereAre) {
  ReadOptions options;
  options.columns.artist = "singer";
  EXPECT_THAT(list_of(hindi(), "x", options).error().message, HasSubstr("'Lastfm_url'"));
  EXPECT_THAT(list_of(*parse_csv("a,b\n1,2\n"), "x", {}).error().message, HasSubstr("--title"));
  EXPECT_FALSE(list_of(*parse_csv("title\n"), "x", {}));
  options = {};
  options.highest = -1;
  EXPECT_FALSE(list_of(hindi(), "x", options));
}

catalog::Song with_file(std::int64_t id, const std::string& title, const std::string& artist) {
  catalog::Song song;
  song.id = SongId{id};
  song.path = "/music/" + title + ".ogg";
  song.tags.title = title;
  song.tags.artist = artist;
  return song;
}

ListedSong listed(const std::string& title, const std::string& artist) {
  return {.title = title, .artist = artist, .album = "", .mood_word = "", .mood = {}, .link = ""};
}

TEST(Shelf, FindsAFileUnderAnotherSpellingAndNoOtherSong) {
  const Shelf shelf{{with_file(1, "Aadat (Live)", "Atif Aslam, Goher"),
                     with_file(2, "Hello", "Adele"), with_file(3, "", "")}};
  EXPECT_EQ(shelf.find(listed("aadat", "ATIF ASLAM")), SongId{1});
  EXPECT_EQ(shelf.find(listed("Aadat", "Goher & X")), SongId{1});
  EXPECT_EQ(shelf.find(listed("Hello", "")), SongId{2});
  EXPECT_FALSE(shelf.find(listed("Hello", "Lionel Richie")));
  EXPECT_FALSE(shelf.find(listed("(intro)", "Adele")));
}

TEST(Elsewhere, NearestFirstWithoutThoseThatHaveAFile) {
  std::vector<catalog::SongList> lists{{"one", {listed("Near", "a"), listed("Far", "a")}},
                                       {"two", {listed("Here", "a"), listed("Moodless", "a")}}};
  lists[0].songs[0].mood = ValenceArousal::clamped(0.5, 0.5);
  lists[0].songs[1].mood = ValenceArousal::clamped(-1, -1);
  lists[1].songs[0].mood = ValenceArousal::clamped(0.5, 0.5);
  const Shelf shelf{{with_file(1, "here", "A")}};
  const auto found = songs_elsewhere(lists, shelf, ValenceArousal::clamped(0.5, 0.4), 5, 1);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].song->title, "Near");
  EXPECT_EQ(*found[0].list, "one");
  EXPECT_NEAR(distance(*found[0].song->mood, ValenceArousal::clamped(0.5, 0.4)), 0.1, 1e-5);
  EXPECT_EQ(found[1].song->title, "Far");
  EXPECT_EQ(songs_elsewhere(lists, shelf, {}, 1, 1).size(), 1U);
}

// Hundreds of songs share the place of a word: every seed shows others first, one seed the same.
TEST(Elsewhere, SongsOnOnePlaceTakeTurns) {
  std::vector<catalog::SongList> lists{{"sad", {}}};
  for (int i = 0; i < 100; ++i) {
    lists[0].songs.push_back(listed("Song " + std::to_string(i), "x"));
    lists[0].songs.back().mood = ValenceArousal::clamped(-0.6, -0.3);
  }
  const auto first_of = [&](std::uint64_t seed) {
    return songs_elsewhere(lists, Shelf{{}}, {}, 1, seed).at(0).song->title;
  };
  EXPECT_EQ(first_of(1), first_of(1));
  EXPECT_NE(first_of(1), first_of(2));
}

TEST(Elsewhere, ALinkIsTheListsOwnOrASearch) {
  auto song = listed("R&B 100%", "Mot\xC3\xB6rhead");
  EXPECT_THAT(link_of(song), HasSubstr("query=Mot%C3%B6rhead%20R%26B%20100%25"));
  song.link = "https://example.org/1";
  EXPECT_EQ(link_of(song), "https://example.org/1");
}

}  // namespace
}  // namespace harmonic::songlist
