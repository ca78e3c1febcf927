#include "smartlist/select.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "smartlist/nsp.h"
#include "smartlist/songs_for_tests.h"
#include "smartlist/typed_rule.h"

namespace harmonic::smartlist {
namespace {

using testing::HasSubstr;
using Numbers = std::vector<std::int64_t>;

class Select : public testing::Test {
 protected:
  [[nodiscard]] Numbers chosen(const Rules& rules) const {
    const auto found = choose(rules, library_, {kNow, std::chrono::hours{1}});
    if (!found) {
      ADD_FAILURE() << found.error().message;
      return {};
    }
    Numbers ids;
    for (const auto index : *found) ids.push_back(songs_[index].id.value);
    return ids;
  }
  [[nodiscard]] Numbers by_rule(const std::string& text) const {
    auto rule = read_typed_rule(text);
    if (!rule) {
      ADD_FAILURE() << text << ": " << rule.error().message;
      return {};
    }
    Rules rules;
    rules.root.rules.push_back({*std::move(rule)});
    // By number: titles are in the order of the alphabet, with Delta before Gamma.
    auto ids = chosen(rules);
    std::sort(ids.begin(), ids.end());
    return ids;
  }
  [[nodiscard]] Numbers by_nsp(const std::string& text) const {
    const auto rules = parse_nsp(text);
    if (!rules) {
      ADD_FAILURE() << text << ": " << rules.error().message;
      return {};
    }
    return chosen(*rules);
  }

  const std::vector<catalog::Song> songs_ = four_songs();
  const std::vector<catalog::SongHistory> history_ = their_history();
  const Library library_{songs_, history_};
};

TEST_F(Select, OneRuleAtATime) {
  const std::vector<std::pair<std::string, Numbers>> table{
      {"title is alpha", {1}},
      {"title is alpha|DELTA", {1, 4}},
      {"title is not Alpha", {2, 3, 4}},
      {"title contains ta", {2, 4}},
      {"title starts with g", {3}},
      {"title ends with mma", {3}},
      {"artist is Ann", {1, 3}},
      {"artist is Cleo", {3}},
      {"genre is Rock", {1}},
      {"genre is Rock|Blues", {1, 2}},
      {"genre contains rock", {1, 3}},
      {"genre does not contain rock", {2, 4}},
      {"genre is not Rock", {2, 3, 4}},
      {"genre missing", {4}},
      {"album present", {3}},
      {"filepath contains /Ann/", {1, 3}},
      {"year > 1999", {2}},
      {"year = 1999", {1}},
      {"year < 3000", {1, 2}},
      {"year missing", {3, 4}},
      {"bpm 100..140", {1, 2}},
      {"bpm is 60", {3}},
      {"bpmoctave 118..122", {3}},
      {"bpm missing", {4}},
      {"duration > 200", {2, 3}},
      {"valence > 0.5", {1}},
      {"arousal < -0.1", {2}},
      {"mood is happy", {1}},
      {"mood is happy|sad", {1, 2}},
      {"mood is not sad", {1, 3}},  // of the one that was not heard nothing is known
      {"key is A minor", {1}},
      {"key is 8A", {1}},
      {"key in harmony with Am", {1, 2}},
      {"mode is major", {2, 3}},
      {"key missing", {4}},
      {"playcount > 0", {1, 2}},
      {"plays = 0", {3, 4}},
      {"skipcount > 2", {2}},
      {"rating > 3", {1}},
      {"rating is 0", {2, 3, 4}},
      {"liked", {1}},
      {"not liked", {2, 3, 4}},
      {"lastplayed in the last 7 days", {1}},
      {"lastplayed not in the last 7", {2, 3, 4}},
      {"lastplayed missing", {3, 4}},
      {"lastplayed before 2023-11-01", {2}},
      {"lastplayed after 2023-11-11", {1}},
      {"date before 2000", {1}},
      {"date is 1999-05", {1}},
      {"date is 2004-05", {}},  // 2004 may be May: not known
      {"date is not 2004-05", {1}},
      {"date 1999..2004", {1, 2}},
  };
  for (const auto& [rule, ids] : table) EXPECT_EQ(by_rule(rule), ids) << rule;
}

TEST_F(Select, GroupsOrderAndLimits) {
  const std::vector<std::pair<std::string, Numbers>> table{
      {R"({"all": []})", {1, 2, 4, 3}},
      {R"({"all": [{"is": {"artist": "Ann"}}, {"gt": {"bpm": 80}}]})", {1}},
      {R"({"any": [{"is": {"artist": "Bob"}}, {"is": {"title": "Delta"}}]})", {2, 4}},
      {R"({"all": [{"none": [{"is": {"artist": "Bob"}}, {"is": {"mood": "happy"}}]}]})", {3}},
      {R"({"all": [{"any": [{"is": {"mode": "major"}}, {"is": {"loved": true}}]},
                   {"isNot": {"genre": "Jazz"}}]})",
       {1, 3}},
      {R"({"all": [], "sort": "title", "order": "desc"})", {3, 4, 2, 1}},
      {R"({"all": [], "sort": "-playcount,title", "limit": 3})", {1, 2, 4}},
      {R"({"all": [], "sort": "bpm"})", {3, 1, 2, 4}},  // what is not known comes last
      {R"({"all": [], "sort": "-bpm"})", {2, 1, 3, 4}},
      {R"({"all": [], "offset": 1, "limit": 2})", {2, 4}},
      {R"({"all": [], "offset": 9})", {}},
      {R"({"all": [], "limitPercent": 50})", {1, 2}},
      {R"({"all": [], "limitMinutes": 7.5})", {1, 2, 4}},
      {R"({"All": [{"IS": {"Title": "ALPHA"}}]})", {1}},
  };
  for (const auto& [rules, ids] : table) EXPECT_EQ(by_nsp(rules), ids) << rules;
}

TEST_F(Select, ARandomOrderLastsForADayOrAsLongAsItsSeed) {
  std::vector<catalog::Song> many;
  for (int i = 1; i <= 50; ++i) many.push_back(named_song(i, "t", "a", "/" + std::to_string(i)));
  const Library library{many, {}};
  const auto at = [&](const std::string& text, std::chrono::hours later) {
    return *choose(*parse_nsp(text), library, {kNow + later, {}});
  };
  const std::string daily = R"({"all": [], "sort": "random"})";
  const std::string kept = R"({"all": [], "sort": "random", "seed": 7})";
  using std::chrono::hours;
  EXPECT_EQ(at(daily, hours{0}), at(daily, hours{1}));
  EXPECT_NE(at(daily, hours{0}), at(daily, hours{2})) << "midnight was between";
  EXPECT_EQ(at(kept, hours{0}), at(kept, hours{100}));
}

TEST_F(Select, TenThousandRulesInOneList) {
  std::string text = R"({"any": [)";
  for (int i = 0; i < 10'000; ++i)
    text += R"({"is": {"title": "no )" + std::to_string(i) + R"("}},)";
  text += R"({"is": {"title": "Beta"}}]})";
  EXPECT_EQ(by_nsp(text), Numbers{2});
  const auto rules = *parse_nsp(text);
  EXPECT_EQ(*parse_nsp(write_nsp(rules)), rules);
}

TEST_F(Select, RulesThatNameAPlaylistNeedOne) {
  const auto rules = *parse_nsp(R"({"all": [{"inPlaylist": {"name": "Road"}}]})");
  const auto found = choose(rules, library_, {kNow, {}});
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().message, HasSubstr("Road"));
}

}  // namespace
}  // namespace harmonic::smartlist
