#include "smartlist/nsp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "smartlist/typed_rule.h"

namespace harmonic::smartlist {
namespace {

using testing::HasSubstr;

// The example of Navidrome's documentation has these shapes: groups, ranges, a sort and a limit.
TEST(Nsp, ReadsAndWritesTheSame) {
  for (const std::string text :
       {R"({"all": []})", "// mine\n{\"all\": [] /* all */}",
        R"({"name": "Recent", "comment": "lately", "public": true,
            "all": [{"inTheLast": {"lastPlayed": 30}}], "sort": "lastPlayed", "order": "desc",
            "limit": 100})",
        R"({"any": [{"is": {"loved": true}}, {"all": [{"inTheRange": {"year": [1981, 1990]}},
            {"notContains": {"genre": ["Rock", "Pop"]}}]}], "sort": "-year,title", "offset": 3})",
        R"({"all": [{"inPlaylist": {"id": "12"}}, {"notInPlaylist": {"name": "Old"}}],
            "limitPercent": 12.5, "limitMinutes": 60, "sort": "random", "seed": 5})",
        R"({"none": [{"is": {"key": ["Am", "8B"]}}, {"inHarmonyWith": {"key": "F# minor"}},
            {"isMissing": {"bpm": true}}, {"gt": {"date": "2004-05"}}]})"}) {
    const auto rules = parse_nsp(text);
    ASSERT_TRUE(rules) << text << rules.error().message;
    const auto again = parse_nsp(write_nsp(*rules));
    ASSERT_TRUE(again) << write_nsp(*rules) << again.error().message;
    EXPECT_EQ(*again, *rules) << write_nsp(*rules);
  }
}

TEST(Nsp, RefusesInOneLineThatSaysWhere) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"", "not JSON"},
      {R"({"all": [{"is": {"genre": "Ro)", "not JSON"},
      {"[]", "no JSON object"},
      {"{}", "there are no rules"},
      {R"({"all": [], "any": []})", "both 'all' and 'any'"},
      {R"({"all": {"is": {"genre": "x"}}})", "all: a group is a list"},
      {R"({"all": [{"any": []}]})", "all[0].any: the group has no rules"},
      {R"({"all": [{"is": {"genre": "x"}}, {"like": {"genre": "x"}}]})",
       "all[1]: there is no oper"},
      {R"({"all": [{"is": {"colour": "x"}}]})", "there is no field 'colour'"},
      {R"({"all": [{"is": {"bitrate": 1}}]})", "does not keep 'bitrate'"},
      {R"({"all": [{"is": {"year": "x"}}]})", "needs a number"},
      {R"({"all": [{"gt": {"genre": "x"}}]})", "cannot be asked with 'gt'"},
      {R"({"all": [{"is": {"mood": "merry"}}]})", "one of neutral, happy"},
      {R"({"all": [{"is": {"key": "H dur"}}]})", "a key like A minor"},
      {R"({"all": [{"inTheRange": {"year": [2000, 1990]}}]})", "lowest first"},
      {R"({"all": [{"is": {"genre": {"deep": 1}}}]})", "a value is a text"},
      {R"({"all": [{"is": {"genre": []}}]})", "needs a text"},
      {R"({"all": [{"is": {"year": 1e999}}]})", "not JSON"},
      {R"({"all": [{"is": {"genre": "x"}, "is": {"genre": "y"}}]})", "name 'is' twice"},
      {R"({"all": [], "limit": -1})", "limit: needs a whole number"},
      {R"({"all": [], "sort": "height"})", "sort: there is no field"},
      {R"({"all": [], "order": "up"})", "asc or desc"},
      {R"({"all": [], "colour": 1})", "no key 'colour'"},
  };
  for (const auto& [text, part] : table) {
    const auto rules = parse_nsp(text);
    ASSERT_FALSE(rules) << text;
    EXPECT_EQ(rules.error().kind, ErrorKind::kInvalidInput);
    EXPECT_THAT(rules.error().message, HasSubstr(part)) << text;
    EXPECT_EQ(rules.error().message.find('\n'), std::string::npos) << text;
  }
}

TEST(Nsp, DeepAndHugeAreRefused) {
  const auto nested = [](std::size_t groups) {
    std::string text = "{";
    for (std::size_t i = 0; i < groups; ++i) text += R"("all": [{)";
    text += R"("is": {"genre": "Rock"})";
    for (std::size_t i = 0; i < groups; ++i) text += "}]";
    return text + "}";
  };
  EXPECT_TRUE(parse_nsp(nested(kDeepest)));
  EXPECT_THAT(parse_nsp(nested(kDeepest + 1)).error().message, HasSubstr("32 groups"));
  EXPECT_FALSE(parse_nsp(nested(100'000)));
  EXPECT_FALSE(parse_nsp(std::string(1'000'000, '[')));
  EXPECT_THAT(parse_nsp(std::string(kMostRuleBytes + 1, ' ')).error().message, HasSubstr("16 MiB"));
}

TEST(TypedRule, RefusesInWords) {
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {"", "no field"},
           {"colour is red", "no field 'colour'"},
           {"year about 1999", "after the field stands one of"},
           {"year > soon", "needs a number"},
           {"not year > 3", "write 'is not'"},
           {"in playlist", "the name of a playlist"},
           {"bitrate > 3", "does not keep"}}) {
    const auto rule = read_typed_rule(text);
    ASSERT_FALSE(rule) << text;
    EXPECT_THAT(rule.error().message, HasSubstr(part)) << text;
  }
}

}  // namespace
}  // namespace harmonic::smartlist
