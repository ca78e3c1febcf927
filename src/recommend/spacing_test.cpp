#include "recommend/spacing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>
#include <string>

namespace harmonic::recommend {
namespace {

using Artists = std::vector<std::uint32_t>;

std::string played(const Artists& artists, std::size_t count, std::optional<std::uint32_t> after) {
  std::string text;
  for (const auto place : space_artists(artists, count, after)) {
    text += static_cast<char>('a' + static_cast<int>(artists[place]));
  }
  return text;
}

TEST(Spacing, TakesTheBestThatMayFollow) {
  struct Case {
    const char* name;
    Artists artists;
    std::size_t count;
    std::optional<std::uint32_t> after;
    const char* expected;
  };
  for (const auto& [name, artists, count, after, expected] : {
           Case{"nothing", {}, 5, {}, ""},
           Case{"none wanted", {0, 1}, 0, {}, ""},
           Case{"one", {0}, 5, {}, "a"},
           Case{"one, by who just played", {0}, 5, 0, "a"},
           Case{"already spaced", {0, 1, 0, 1}, 4, {}, "abab"},
           Case{"the second waits", {0, 0, 1}, 3, {}, "aba"},
           Case{"who just played waits", {0, 1, 2}, 2, 0, "ba"},
           Case{"one artist only", {0, 0, 0}, 3, {}, "aaa"},
           Case{"greedy would end in aa", {1, 2, 0, 0, 0}, 5, {}, "abaca"},
           Case{"fewer wanted: the best first", {1, 2, 0, 0, 0}, 2, {}, "bc"},
           Case{"cannot be spaced", {0, 0, 0, 0, 1}, 5, {}, "abaaa"},
       }) {
    EXPECT_EQ(played(artists, count, after), expected) << name;
  }
}

bool repeats(const Artists& row, std::optional<std::uint32_t> after) {
  if (after && !row.empty() && row.front() == *after) return true;
  return std::adjacent_find(row.begin(), row.end()) != row.end();
}

/// Whether any choice and order of `count` artists is without a repetition: tries them all.
bool possible(Artists left, std::size_t count, std::optional<std::uint32_t> last) {
  if (count == 0) return true;
  for (const auto artist : std::set<std::uint32_t>(left.begin(), left.end())) {
    if (artist == last) continue;
    Artists rest = left;
    rest.erase(std::find(rest.begin(), rest.end(), artist));
    if (possible(rest, count - 1, artist)) return true;
  }
  return false;
}

// Against every possible order, in random small libraries: no repetition where one can be avoided.
TEST(Spacing, RepeatsOnlyWhereItMust) {
  std::mt19937 random{11};
  int avoidable = 0;
  int unavoidable = 0;
  for (int trial = 0; trial < 1500; ++trial) {
    Artists artists(1 + random() % 6);
    for (auto& artist : artists) artist = static_cast<std::uint32_t>(random() % 3);
    const std::size_t count = 1 + random() % artists.size();
    const auto after = random() % 2 == 0
                           ? std::nullopt
                           : std::optional<std::uint32_t>{artists[random() % artists.size()]};
    const auto places = space_artists(artists, count, after);
    ASSERT_EQ(places.size(), count);
    ASSERT_EQ(std::set<std::size_t>(places.begin(), places.end()).size(), count) << "a song twice";
    Artists row;
    for (const auto place : places) row.push_back(artists[place]);
    const bool avoid = possible(artists, count, after);
    (avoid ? avoidable : unavoidable)++;
    if (avoid) {
      EXPECT_FALSE(repeats(row, after)) << "trial " << trial;
    }
  }
  EXPECT_GT(avoidable, 300);
  EXPECT_GT(unavoidable, 300);
}

}  // namespace
}  // namespace harmonic::recommend
