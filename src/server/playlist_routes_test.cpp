#include "server/playlist_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "server/test_house.h"

namespace harmonic::server {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr const char* kHappy = R"({"all": [{"is": {"mood": "happy"}}]})";

class PlaylistRoutesTest : public testing::Test {
 protected:
  Response ask(std::string method, const std::string& rest, std::string body = "") const {
    return server::ask(routes_, std::move(method), "/api/playlists" + rest, std::move(body));
  }
  static json json_in(const Response& response) {
    return json::parse(std::get<std::string>(response.body));
  }
  /// The message of a refusal.
  std::string refused(int status, std::string method, const std::string& rest,
                      std::string body = "") const {
    const auto response = ask(std::move(method), rest, std::move(body));
    EXPECT_EQ(response.status, status) << std::get<std::string>(response.body);
    const auto told = json_in(response);
    return told.contains("error") ? told["error"].get<std::string>() : told.dump();
  }
  json make(const json& wish) const {
    const auto response = ask("POST", "", wish.dump());
    EXPECT_EQ(response.status, 201) << std::get<std::string>(response.body);
    return json_in(response);
  }
  static std::string at(const json& list, const std::string& rest = "") {
    return "/" + list["id"].dump() + rest;
  }
  json put(const json& list, json wish) const {
    wish["version"] = list["version"];
    const auto response = ask("PUT", at(list), wish.dump());
    EXPECT_EQ(response.status, 200) << std::get<std::string>(response.body);
    return json_in(response);
  }
  std::vector<std::string> titles(const json& list) const {
    std::vector<std::string> all;
    const auto whole = json_in(ask("GET", at(list)));
    for (const auto& song : whole["songs"]) all.push_back(song["title"]);
    return all;
  }
  using Titles = std::vector<std::string>;

  TestHouse house_;
  std::int64_t bright_ = house_.add_song("bright", "x", ValenceArousal::clamped(0.9, 0.4)).value;
  std::int64_t sad_ = house_.add_song("sad", "x", ValenceArousal::clamped(-0.8, -0.4)).value;
  std::int64_t gay_ = house_.add_song("gay", "x", ValenceArousal::clamped(0.85, 0.35)).value;
  Routes routes_{house_.sources(4747)};
};

TEST_F(PlaylistRoutesTest, EveryAddressAnswersItsMethodsOnly) {
  const auto list = make({{"name", "a"}, {"songs", {bright_}}});
  struct Case {
    const char* method;
    std::string rest;
    int status;
  };
  const Case cases[] = {
      {"GET", "", 200},
      {"HEAD", "", 200},
      {"DELETE", "", 405},
      {"GET", "/fields", 200},
      {"POST", "/fields", 405},
      {"GET", "/count", 405},
      {"GET", "/undo", 405},
      {"GET", "/import", 405},
      {"GET", "/0", 404},
      {"GET", "/-1", 404},
      {"GET", "/x", 404},
      {"GET", "/99999999999999999999", 404},
      {"GET", "/424242", 404},
      {"DELETE", "/424242", 404},
      {"GET", at(list), 200},
      {"POST", at(list), 405},
      {"GET", at(list, "/"), 404},
      {"GET", at(list, "/export"), 400},
      {"GET", at(list, "/export?as=mp3"), 400},
      {"GET", at(list, "/export?as=m3u8"), 200},
      {"PUT", at(list, "/export?as=m3u8"), 405},
  };
  for (const auto& [method, rest, status] : cases)
    EXPECT_EQ(ask(method, rest).status, status) << method << " " << rest;
  auto sources = house_.sources(4747);
  sources.playlists = nullptr;
  const Request request{"GET", "/api/playlists", "localhost:4747", "", "", "", "", ""};
  EXPECT_EQ(Routes{sources}.answer(request).status, 404);
}

TEST_F(PlaylistRoutesTest, AListByHandIsMadeChangedAndTakenBack) {
  const auto made = make({{"name", " Road "}, {"songs", {sad_, bright_, sad_}}});
  EXPECT_EQ(made["name"], "Road");
  EXPECT_EQ(made["songs"], 3);
  EXPECT_EQ(made["length_ms"], 180'000);
  EXPECT_EQ(made["kind"], "songs");
  EXPECT_EQ(titles(made), (Titles{"sad", "bright", "sad"}));
  EXPECT_EQ(json_in(ask("GET", ""))["playlists"], json::array({made}));

  const auto ordered = put(made, {{"songs", {gay_, sad_}}});
  EXPECT_EQ(titles(made), (Titles{"gay", "sad"}));
  EXPECT_EQ(put(ordered, {{"name", "Street"}})["name"], "Street");
  EXPECT_THAT(refused(503, "PUT", at(made), json{{"name", "x"}, {"version", 1}}.dump()),
              HasSubstr("somebody else changed"));

  EXPECT_EQ(json_in(ask("DELETE", at(made))), json({{"deleted", "Street"}}));
  EXPECT_EQ(json_in(ask("GET", ""))["playlists"], json::array());
  const auto other = make({{"name", "other"}, {"songs", json::array()}});
  const auto mine = json{{"playlist", made["id"]}}.dump();
  EXPECT_THAT(refused(503, "POST", "/undo", mine), HasSubstr("another playlist was changed"));
  EXPECT_EQ(json_in(ask("POST", "/undo")), json({{"undone", {"other"}}}));
  EXPECT_EQ(json_in(ask("POST", "/undo", mine)), json({{"undone", {"Street"}}}));
  EXPECT_EQ(titles(made), (Titles{"gay", "sad"}));
  while (ask("POST", "/undo").status == 200) {
  }
  EXPECT_THAT(refused(404, "POST", "/undo"), HasSubstr("no change"));
}

TEST_F(PlaylistRoutesTest, ASmartListIsWorkedOutEachTimeItIsAsked) {
  const auto made = make({{"name", "Happy"}, {"rules", json::parse(kHappy)}});
  EXPECT_EQ(made["kind"], "rules");
  EXPECT_EQ(titles(made), (Titles{"bright", "gay"}));
  house_.add_song("blithe", "x", ValenceArousal::clamped(0.88, 0.38));
  EXPECT_EQ(titles(made), (Titles{"blithe", "bright", "gay"}));
  EXPECT_EQ(json_in(ask("GET", at(made)))["rules"], json::parse(kHappy));
  const auto changed =
      put(made, {{"rules", {{"all", {{{"isNot", {{"mood", "happy"}}}}}}, {"limit", 5}}}});
  EXPECT_EQ(titles(changed), (Titles{"sad"}));

  const auto rest =
      make({{"name", "Rest"}, {"rules", {{"all", {{{"notInPlaylist", {{"name", "happy"}}}}}}}}});
  EXPECT_EQ(rest["songs"], 3);
  put(changed, {{"name", "Glum"}});
  EXPECT_EQ(titles(rest), (Titles{"blithe", "bright", "gay"})) << "renamed in its rules";
  // A list that cannot be worked out is told of, and can be opened and deleted.
  ASSERT_EQ(ask("DELETE", at(made)).status, 200);
  const auto told = json_in(ask("GET", ""))["playlists"][0];
  EXPECT_EQ(told["songs"], nullptr);
  EXPECT_THAT(told["problem"].get<std::string>(), HasSubstr("'Glum'"));
  EXPECT_EQ(json_in(ask("GET", at(rest)))["ids"], json::array());
}

TEST_F(PlaylistRoutesTest, RulesAreCountedBeforeTheyAreKept) {
  const auto count = [&](const json& wish) { return ask("POST", "/count", wish.dump()); };
  const auto counted = json_in(count({{"rules", json::parse(kHappy)}}));
  EXPECT_EQ(counted["songs"], 2);
  EXPECT_EQ(counted["length_ms"], 120'000);
  EXPECT_EQ(counted["examples"][0]["title"], "bright");
  EXPECT_EQ(json_in(ask("GET", ""))["playlists"], json::array()) << "nothing is kept";
  const auto made = make({{"name", "Happy"}, {"rules", json::parse(kHappy)}});
  const json self{{"all", {{{"inPlaylist", {{"name", "Happy"}}}}}}};
  EXPECT_EQ(json_in(count({{"rules", self}}))["songs"], 2);
  EXPECT_THAT(
      refused(400, "POST", "/count", json{{"rules", self}, {"playlist", made["id"]}}.dump()),
      HasSubstr("'Happy' -> 'Happy'"));
}

TEST_F(PlaylistRoutesTest, WhatCannotBeIsRefusedByName) {
  const auto list = make({{"name", "a"}, {"songs", {bright_}}});
  const auto smart = make({{"name", "b"}, {"rules", json::parse(kHappy)}});
  struct Case {
    const char* method;
    std::string rest;
    std::string body;
    int status;
    const char* word;
  };
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += R"({"all":[)";
  const std::string of_a = R"({"version": 1, )";
  const Case cases[] = {
      {"POST", "", "", 400, "JSON object"},
      {"POST", "", "[1]", 400, "JSON object"},
      {"POST", "", "{\"name\": \"\xFF\", \"songs\": []}", 400, "JSON object"},
      {"POST", "", R"({"songs": []})", 400, "needs a name"},
      {"POST", "", R"({"name": "A", "songs": []})", 400, "already"},
      {"POST", "", R"({"name": "x\ny", "songs": []})", 400, "one line"},
      {"POST", "", R"({"name": 5, "songs": []})", 400, "is a text"},
      {"POST", "", R"({"name": "x"})", 400, "\"songs\""},
      {"POST", "", R"({"name": "x", "songs": {}})", 400, "ids of songs"},
      {"POST", "", R"({"name": "x", "songs": [1.5]})", 400, "ids of songs"},
      {"POST", "", R"({"name": "x", "songs": [-1]})", 400, "ids of songs"},
      {"POST", "", R"({"name": "x", "songs": [18446744073709551615]})", 400, "ids of songs"},
      {"POST", "", R"({"name": "x", "songs": [4242]})", 404, "no song 4242"},
      {"POST", "", R"({"name": "x", "songs": [], "rules": {"all": []}})", 400, "not both"},
      {"POST", "", R"({"name": "x", "rules": {"all": [{"is": {"colour": "red"}}]}})", 400,
       "no field 'colour'"},
      {"POST", "", R"({"name": "x", "rules": {"all": [{"gt": {"mood": "sad"}}]}})", 400, "'mood'"},
      {"POST", "", R"({"name": "x", "rules": "all"})", 400, "no JSON object"},
      {"POST", "", R"({"name": "x", "rules": {"all": [{"inPlaylist": {"name": "z"}}]}})", 404,
       "'z'"},
      {"POST", "", R"({"name": "x", "rules": {"all": [{"inPlaylist": {"name": "x"}}]}})", 400,
       "circle"},
      {"POST", "", R"({"name": "x", "rules": )" + deep, 400, "inside each other"},
      {"POST", "/count", "{}", 400, "\"rules\""},
      {"POST", "/undo", R"({"playlist": "a"})", 400, "whole number"},
      {"PUT", at(list), R"({"name": "x"})", 400, "\"version\""},
      {"PUT", at(list), of_a + R"("nam": "x"})", 400, "needs \"name\""},
      {"PUT", at(list), of_a + R"("name": "B"})", 400, "already"},
      {"PUT", at(list), of_a + R"("rules": {"all": []}})", 400, "by hand"},
      {"PUT", at(smart), of_a + R"("songs": []})", 400, "has rules"},
      {"PUT", "/4242", of_a + R"("name": "x"})", 404, "no playlist 4242"},
      {"POST", "/import", "", 400, "?file="},
      {"POST", "/import?file=%2F", "", 400, "?file="},
      {"POST", "/import?file=x.txt", "", 400, "x.txt"},
      {"POST", "/import?file=x.xspf", "<a>", 400, "x.xspf"},
      {"POST", "/import?file=x.nsp", "{", 400, "x.nsp"},
      {"POST", "/import?file=x.m3u", "no.mp3", 404, "no.mp3"},
      {"GET", at(list, "/export?as=nsp"), "", 400, "no rules"},
  };
  for (const auto& [method, rest, body, status, word] : cases)
    EXPECT_THAT(refused(status, method, rest, body), HasSubstr(word)) << body.substr(0, 99);
  EXPECT_EQ(json_in(ask("GET", ""))["playlists"], json::array({list, smart})) << "nothing changed";
}

TEST_F(PlaylistRoutesTest, FilesComeAndGo) {
  const auto made = make({{"name", "Été/1"}, {"songs", {gay_, bright_}}});
  for (const std::string ending : {"m3u8", "xspf"}) {
    const auto file = ask("GET", at(made, "/export?as=" + ending));
    ASSERT_EQ(file.status, 200);
    EXPECT_THAT(
        write_head(file, true),
        HasSubstr("Content-Disposition: attachment; filename*=UTF-8''%C3%89t%C3%A9%2F1." + ending));
    const auto taken =
        ask("POST", "/import?file=%C3%A9t%C3%A9%20one." + ending, std::get<std::string>(file.body));
    ASSERT_EQ(taken.status, 201) << std::get<std::string>(taken.body);
    const auto told = json_in(taken);
    EXPECT_EQ(told["by_path"], 2);
    EXPECT_EQ(told["name"], ending == "m3u8" ? "Été/1 2" : "Été/1 3") << "a name that is free";
    EXPECT_EQ(titles(told), (Titles{"gay", "bright"}));
  }
  const auto songs = ask("POST", "/import?file=%C3%A9t%C3%A9.m3u8", "music/sad.ogg\nno.mp3\n");
  EXPECT_EQ(json_in(songs)["name"], "été");
  EXPECT_EQ(json_in(songs)["missing"], json({"no.mp3"}));

  const auto rules = make({{"name", "Happy"}, {"rules", json::parse(kHappy)}});
  const auto file = std::get<std::string>(ask("GET", at(rules, "/export?as=nsp")).body);
  EXPECT_EQ(json::parse(file)["name"], "Happy");
  EXPECT_EQ(json_in(ask("POST", "/import?file=x.nsp", file))["name"], "Happy 2");
  EXPECT_EQ(
      ask("POST", "/import?file=x.nsp", R"({"all": [{"inPlaylist": {"name": "nowhere"}}]})").status,
      404);
}

TEST_F(PlaylistRoutesTest, SongsWhoseFilesAreGoneKeepTheirPlaces) {
  const auto made = make({{"name", "Road"}, {"songs", {sad_, bright_, gay_}}});
  ASSERT_TRUE(house_.store->mark_missing(SongId{bright_}));
  ASSERT_TRUE(house_.library.refresh_songs());
  const auto shown = json_in(ask("GET", at(made)));
  EXPECT_EQ(shown["ids"], json({sad_, bright_, gay_}));
  EXPECT_EQ(titles(made), (Titles{"sad", "gay"}));
  ASSERT_EQ(shown["missing"].size(), 1U);
  EXPECT_EQ(shown["missing"][0]["id"], bright_);
  EXPECT_THAT(shown["missing"][0]["path"].get<std::string>(), HasSubstr("bright.ogg"));
  EXPECT_EQ(put(made, {{"songs", {bright_, sad_, gay_}}})["missing"], 1);
}

TEST_F(PlaylistRoutesTest, TheFormIsToldWhatRulesMayAsk) {
  const auto fields = json_in(ask("GET", "/fields"))["fields"];
  std::map<std::string, json> by_name;
  for (const auto& field : fields) by_name[field["name"]] = field;
  EXPECT_EQ(by_name["mood"]["type"], "word");
  EXPECT_THAT(by_name["mood"]["words"].get<Titles>(), testing::Contains("happy"));
  EXPECT_EQ(by_name["loved"]["operators"], json({"is", "isNot"}));
  EXPECT_THAT(by_name["bpm"]["operators"].get<Titles>(), testing::Contains("inTheRange"));
  EXPECT_EQ(by_name["name"]["type"], "playlist");
}

TEST_F(PlaylistRoutesTest, APageOfAnotherSiteMayNotChangeThem) {
  const auto list = make({{"name", "a"}, {"songs", {bright_}}});
  struct Case {
    const char* method;
    std::string rest;
  };
  const Case cases[] = {{"POST", ""},      {"POST", "/import?file=x.m3u"},
                        {"PUT", at(list)}, {"DELETE", at(list)},
                        {"POST", "/undo"}, {"POST", "/count"}};
  for (const auto& [method, rest] : cases) {
    Request request{
        method, "/api/playlists" + rest, "localhost:4747", "http://evil.example", "", "",
        "",     R"({"version": 1})"};
    EXPECT_EQ(routes_.answer(request).status, 403) << method << " " << rest;
    request.origin.clear();
    request.host = "evil.example:4747";
    EXPECT_EQ(routes_.answer(request).status, 403) << method << " " << rest;
  }
  EXPECT_EQ(json_in(ask("GET", ""))["playlists"], json::array({list}));
}

}  // namespace
}  // namespace harmonic::server
