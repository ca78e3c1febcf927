#include "smartlist/exchange.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "smartlist/listing.h"
#include "smartlist/nsp.h"
#include "smartlist/songs_for_tests.h"

namespace harmonic::smartlist {
namespace {

using catalog::Playlist;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr Moment kThen{kNow, std::chrono::seconds{0}};

class ExchangeTest : public testing::Test {
 protected:
  Result<Imported> import(const std::string& file, const std::string& text,
                          const std::string& folder = "") const {
    const Origin from{file, "", folder};
    if (holds_rules(file)) return import_rules(text, from, kThen);
    const auto read = parse_playlist_file(file, text);
    if (!read) return tl::unexpected{read.error()};
    return import_songs(*read, from, finder_, kThen);
  }

  const std::vector<catalog::Song> songs_ = four_songs();
  const std::vector<catalog::SongHistory> history_ = their_history();
  const Finder finder_{songs_};
};

// A browser sends a file without the folder in which it lay.
TEST_F(ExchangeTest, RelativePathsOfAnUnknownFolderAreEndsOfPaths) {
  const auto made = import("road.m3u8",
                           "Ann/alpha.flac\n../music/Bob/beta.flac\ngamma.flac\n"
                           "nn/alpha.flac\n/flac/beta.flac\n");
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_THAT(made->playlist.songs, ElementsAre(SongId{1}, SongId{2}, SongId{3}));
  EXPECT_EQ(made->by_path, 3U);
  EXPECT_THAT(made->missing, ElementsAre("nn/alpha.flac", "/flac/beta.flac"));
  EXPECT_EQ(made->playlist.name, "road");
  EXPECT_FALSE(import("road.m3u8", "Ann/alpha.flac\n", "/elsewhere"))
      << "a folder that is known is the only one";

  auto twice = songs_;
  twice.push_back(named_song(5, "Other", "Zoe", "/more/Ann/alpha.flac"));
  const Finder finder{twice};
  const auto both = import_songs(parse_m3u("Ann/alpha.flac\nmusic/Ann/alpha.flac\n"),
                                 {"x.m3u", "", ""}, finder, kThen);
  ASSERT_TRUE(both);
  EXPECT_THAT(both->playlist.songs, ElementsAre(SongId{1})) << "of two none is taken";
}

TEST_F(ExchangeTest, WhatIsNoPlaylistIsToldByTheFilesName) {
  EXPECT_THAT(import("cut.xspf", "<playlist>").error().message, HasSubstr("cut.xspf"));
  EXPECT_THAT(import("cut.nsp", R"({"all": [{"is": )").error().message, HasSubstr("cut.nsp"));
  EXPECT_THAT(import("song.mp3", "").error().message, HasSubstr(".m3u8"));
  EXPECT_THAT(import("other.m3u", "nothing.mp3").error().message, HasSubstr("nothing.mp3"));
}

TEST_F(ExchangeTest, WhatIsWrittenIsReadAgain) {
  Playlist road;
  road.name = "Road";
  const std::vector<const catalog::Song*> songs{&songs_[2], &songs_[0], &songs_[2]};
  for (const std::string file : {"x.m3u8", "x.XSPF"}) {
    const auto text = exported(file, road, songs, "");
    ASSERT_TRUE(text);
    EXPECT_THAT(*text, HasSubstr("/music/Ann/gamma.flac")) << "not relative";
    const auto again = import(file, *text);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->playlist.name, "Road");
    EXPECT_THAT(again->playlist.songs, ElementsAre(SongId{3}, SongId{1}, SongId{3}));
  }
  EXPECT_THAT(exported("x.nsp", road, songs, "").error().message, HasSubstr("no rules"));
  EXPECT_THAT(exported("x.txt", road, songs, "").error().message, HasSubstr(".m3u8"));
  road.rules = R"({"all": [{"is": {"genre": "Rock"}}]})";
  road.comment = "loud";
  const auto again = import("y.nsp", *exported("x.nsp", road, {}, ""));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->playlist.name, "Road");
  EXPECT_EQ(again->playlist.comment, "loud");
  EXPECT_EQ(*parse_nsp(*again->playlist.rules), *parse_nsp(*road.rules));
}

TEST_F(ExchangeTest, ADraftStandsInThePlaceOfWhatItChanges) {
  std::vector<Playlist> kept(2);
  kept[0].id = PlaylistId{7};
  kept[0].name = "a";
  kept[0].songs = {SongId{1}, SongId{99}};
  kept[1].id = PlaylistId{8};
  kept[1].name = "b";
  kept[1].rules = R"({"all": [{"inPlaylist": {"name": "A"}}]})";
  const Library library{songs_, history_};
  const auto titles = [&](std::span<const Playlist> all, std::size_t at) {
    const auto list = listed(Collection{all}, all[at], library, kThen);
    std::vector<std::string> names;
    for (const auto* song : list->songs) names.push_back(song->tags.title);
    return names;
  };
  EXPECT_EQ(listed(Collection{kept}, kept[0], library, kThen)->missing(), 1U);
  auto changed = kept[0];
  changed.songs = {SongId{3}, SongId{2}};
  const auto draft = draft_of(kept, changed);
  EXPECT_EQ(draft.at, 0U);
  EXPECT_THAT(titles(draft.all, 0), ElementsAre("Gamma", "Beta"));
  EXPECT_THAT(titles(draft.all, 1), ElementsAre("Beta", "Gamma")) << "by title";

  const auto renamed = renaming(kept, kept[0], " Road ", kThen);
  ASSERT_TRUE(renamed);
  ASSERT_EQ(renamed->size(), 2U);
  EXPECT_EQ(renamed->at(0).name, "Road");
  EXPECT_EQ(renamed->at(0).changed_at, kNow);
  EXPECT_THAT(*renamed->at(1).rules, HasSubstr("Road"));
  EXPECT_FALSE(renaming(kept, kept[0], "two\nlines", kThen));
}

}  // namespace
}  // namespace harmonic::smartlist
