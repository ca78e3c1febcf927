#include "store/sqlite_lists.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"

namespace harmonic::store {
namespace {

using catalog::ListedSong;
using catalog::SongList;

const ListedSong kPlaced{
    "Title", "Artist", "Album", "Sad", ValenceArousal::clamped(-0.5, 0.25), "https://example.org"};
const ListedSong kBare{"Bare", "", "", "", std::nullopt, ""};

TEST(SqliteLists, KeepsListsOverARestart) {
  const TestFolder folder;
  {
    const auto store = open_lists(folder.path());
    ASSERT_TRUE(store) << store.error().message;
    EXPECT_TRUE((*store)->lists()->empty());
    ASSERT_TRUE((*store)->put_list({"b", {kPlaced, kBare}}));
    ASSERT_TRUE((*store)->put_list({"a", {}}));
  }
  const auto lists = *(*open_lists(folder.path()))->lists();
  ASSERT_EQ(lists.size(), 2U);
  EXPECT_EQ(lists[0].name, "a");
  EXPECT_TRUE(lists[0].songs.empty());
  EXPECT_EQ(lists[1].songs, (std::vector<ListedSong>{kPlaced, kBare}));
}

TEST(SqliteLists, AListReplacesTheOneOfItsName) {
  const TestFolder folder;
  const auto store = *open_lists(folder.path());
  ASSERT_TRUE(store->put_list({"a", {kPlaced, kBare}}));
  ASSERT_TRUE(store->put_list({"a", {kBare}}));
  EXPECT_EQ(store->lists()->at(0).songs, std::vector<ListedSong>{kBare});
  EXPECT_EQ(store->put_list({"", {kBare}}).error().kind, ErrorKind::kInvalidInput);
}

TEST(SqliteLists, RemovesOneAndKeepsTheOthers) {
  const TestFolder folder;
  const auto store = *open_lists(folder.path());
  ASSERT_TRUE(store->put_list({"a", {kPlaced}}));
  ASSERT_TRUE(store->put_list({"b", {kBare}}));
  ASSERT_TRUE(store->remove_list("a"));
  EXPECT_EQ(store->remove_list("a").error().kind, ErrorKind::kNotFound);
  ASSERT_EQ(store->lists()->size(), 1U);
  EXPECT_EQ(store->lists()->at(0).songs, std::vector<ListedSong>{kBare});
}

}  // namespace
}  // namespace harmonic::store
