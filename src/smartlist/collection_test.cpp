#include "smartlist/collection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "smartlist/nsp.h"
#include "smartlist/songs_for_tests.h"

namespace harmonic::smartlist {
namespace {

using catalog::Playlist;
using testing::HasSubstr;

Playlist by_rules(std::int64_t id, const std::string& name, const std::string& rules) {
  Playlist playlist;
  playlist.id = PlaylistId{id};
  playlist.name = name;
  playlist.rules = rules;
  return playlist;
}

Playlist by_hand(std::int64_t id, const std::string& name, std::vector<SongId> songs) {
  Playlist playlist;
  playlist.id = PlaylistId{id};
  playlist.name = name;
  playlist.songs = std::move(songs);
  return playlist;
}

std::string inside(const std::string& name) {
  return R"({"all": [{"inPlaylist": {"name": ")" + name + R"("}}]})";
}

class Collections : public testing::Test {
 protected:
  [[nodiscard]] Result<std::vector<SongId>> songs_of(const std::vector<Playlist>& all,
                                                     std::string_view name) const {
    const Collection collection{all};
    HARMONIC_TRY(const auto* const playlist, collection.find(name));
    return collection.songs_of(*playlist, library_, {kNow, {}});
  }

  const std::vector<catalog::Song> songs_ = four_songs();
  const std::vector<catalog::SongHistory> history_ = their_history();
  const Library library_{songs_, history_};
};

TEST_F(Collections, ListsReferToLists) {
  const std::vector<Playlist> all{
      by_hand(1, "Road", {SongId{3}, SongId{99}, SongId{1}, SongId{3}}),
      by_rules(2, "Ann on the road",
               R"({"all": [{"inPlaylist": {"id": 1}}, {"is": {"loved": true}}]})"),
      by_rules(3, "Elsewhere", R"({"all": [{"notInPlaylist": {"name": "ROAD"}}]})"),
      by_rules(4, "Both", R"({"any": [{"inPlaylist": {"name": "Ann on the road"}},
                                      {"inPlaylist": {"name": "Elsewhere"}}]})")};
  using Ids = std::vector<SongId>;
  EXPECT_EQ(*songs_of(all, "road"), (Ids{SongId{3}, SongId{99}, SongId{1}, SongId{3}}));
  EXPECT_EQ(*songs_of(all, "Ann on the road"), Ids{SongId{1}});
  EXPECT_EQ(*songs_of(all, "3"), (Ids{SongId{2}, SongId{4}}));
  EXPECT_EQ(*songs_of(all, "Both"), (Ids{SongId{1}, SongId{2}, SongId{4}}));
  EXPECT_EQ(songs_of(all, "none").error().kind, ErrorKind::kNotFound);
}

TEST_F(Collections, ACircleIsOneClearError) {
  const std::vector<Playlist> all{by_rules(1, "a", inside("b")), by_rules(2, "b", inside("c")),
                                  by_rules(3, "c", inside("a")), by_rules(4, "d", inside("d")),
                                  by_rules(5, "e", inside("a"))};
  for (const auto* name : {"a", "b", "c", "e"}) {
    const auto songs = songs_of(all, name);
    ASSERT_FALSE(songs) << name;
    EXPECT_EQ(songs.error().kind, ErrorKind::kInvalidInput);
    EXPECT_THAT(songs.error().message, HasSubstr("in a circle")) << name;
  }
  EXPECT_THAT(songs_of(all, "a").error().message, HasSubstr("'a' -> 'b' -> 'c' -> 'a'"));
  EXPECT_THAT(songs_of(all, "d").error().message, HasSubstr("'d' -> 'd'"));
}

TEST_F(Collections, WhatIsNotThereIsNamed) {
  const std::vector<Playlist> all{by_rules(1, "a", inside("gone")), by_rules(2, "b", "{")};
  EXPECT_THAT(songs_of(all, "a").error().message, HasSubstr("refers to the playlist 'gone'"));
  EXPECT_THAT(songs_of(all, "b").error().message, HasSubstr("the playlist 'b': the rules are not"));
}

// The failure: a chain as long as there are playlists goes through the stack.
TEST_F(Collections, ALongChainIsFollowed) {
  std::vector<Playlist> all{by_hand(1, "0", {SongId{2}})};
  for (int i = 1; i <= 5000; ++i)
    all.push_back(by_rules(i + 1, "l" + std::to_string(i),
                           inside(i == 1 ? "0" : "l" + std::to_string(i - 1))));
  EXPECT_EQ(*songs_of(all, "l5000"), std::vector<SongId>{SongId{2}});
}

TEST(PlaylistNames, AreOneLine) {
  EXPECT_EQ(*playlist_name("  Road \t"), "Road");
  for (const std::string& bad : {std::string{}, std::string{" "}, std::string{"a\nb"},
                                 std::string{"\xE4"}, std::string(201, 'a')})
    EXPECT_FALSE(playlist_name(bad)) << bad;
}

TEST_F(Collections, ANameChangesInAllRules) {
  const auto rules = *parse_nsp(
      R"({"any": [{"inPlaylist": {"name": "Road"}}, {"all": [{"notInPlaylist": {"name": "road"}},
          {"is": {"title": "Road"}}]}]})");
  const auto changed = renamed(rules, "ROAD", "Street");
  ASSERT_TRUE(changed);
  EXPECT_EQ(*changed, *parse_nsp(R"({"any": [{"inPlaylist": {"name": "Street"}},
      {"all": [{"notInPlaylist": {"name": "Street"}}, {"is": {"title": "Road"}}]}]})"));
  EXPECT_FALSE(renamed(rules, "Other", "x"));
}

}  // namespace
}  // namespace harmonic::smartlist
