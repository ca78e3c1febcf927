#include "server/routes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "server/answers.h"
#include "server/message.h"
#include "server/test_routes.h"
#include "store/sqlite_preferences.h"

namespace harmonic::server {
namespace {

using nlohmann::json;

class RoutesTest : public testing::Test, protected RoutesOfOneSong {};

json json_in(const Response& response) { return json::parse(std::get<std::string>(response.body)); }

TEST_F(RoutesTest, EveryAddressAnswersItsMethodsOnly) {
  house_.folder.write("dist/index.html", "<html>");
  struct Case {
    const char* method;
    std::string target;
    int status;
  };
  const Case cases[] = {
      {"GET", "/", 200},
      {"HEAD", "/index.html?v=1", 200},
      {"POST", "/", 405},
      {"GET", "/api", 404},
      {"GET", "/api/", 404},
      {"GET", "/api/nothing", 404},
      {"GET", "/api/status", 200},
      {"PUT", "/api/status", 405},
      {"GET", "/api/songs", 200},
      {"DELETE", "/api/songs", 405},
      {"GET", "/api/songs?ids=", 400},
      {"GET", "/api/songs?ids=1,", 400},
      {"GET", "/api/songs?ids=1,,2", 400},
      {"GET", "/api/songs?ids=-1", 400},
      {"GET", "/api/songs?ids=0", 400},
      {"GET", "/api/songs?ids=1%2C2", 400},
      {"GET", "/api/songs?ids=99999999999999999999", 400},
      {"GET", "/api/map", 200},
      {"HEAD", "/api/map?x", 200},
      {"POST", "/api/map", 405},
      {"GET", "/api/map/", 404},
      {"GET", "/api/listener", 200},
      {"GET", "/api/journey", 405},
      {"POST", "/api/journey", 400},
      {"GET", "/api/songs/", 404},
      {"GET", "/api/songs/x", 404},
      {"GET", "/api/songs/-1", 404},
      {"GET", "/api/songs/0", 404},
      {"GET", "/api/songs/99999999999999999999", 404},
      {"GET", "/api/songs/424242", 404},
      {"GET", path_of(song_), 200},
      {"GET", path_of(song_, "/"), 404},
      {"GET", path_of(song_, "x"), 404},
      {"POST", path_of(song_), 405},
      {"GET", path_of(song_, "/stream"), 200},
      {"HEAD", path_of(song_, "/stream"), 200},
      {"PUT", path_of(song_, "/stream"), 405},
      {"GET", path_of(song_, "/stream/x"), 404},
      {"GET", "/api/songs/424242/stream", 404},
      {"GET", path_of(song_, "/like"), 405},
      {"PUT", "/api/songs/424242/like", 404},
      {"GET", "/api/plays", 405},
      {"GET", "/api/playlists", 200},
      {"GET", "/api/playlistsx", 404},
      {"GET", "/api/playlists/", 404},
      {"GET", "/api/live", 426},
      {"GET", "/%00", 400},
      {"OPTIONS", "*", 400},
  };
  for (const auto& [method, target, status] : cases) {
    EXPECT_EQ(ask(method, target).status, status) << method << " " << target;
  }
}

TEST_F(RoutesTest, StatusSaysWhatIsThere) {
  const auto status = json_in(ask("GET", "/api/status"));
  EXPECT_EQ(status["songs"], 1);
  EXPECT_EQ(status["scanning"], false);
  EXPECT_EQ(status["classifier"], false);
  EXPECT_EQ(status["strategies"], json({"match", "lift", "calm", "focus"}));
  auto sources = house_.sources(4747);
  sources.scanning = [] { return ScanProgress{3, 10}; };
  sources.detector = "haar";
  Request request{"GET", "/api/status", "localhost:4747", "", "", "", "", ""};
  const auto busy = json_in(Routes{sources}.answer(request));
  EXPECT_EQ(busy["scanning"], json({{"done", 3}, {"total", 10}}));
  EXPECT_EQ(busy["detector"], "haar");
}

TEST_F(RoutesTest, SongsAreBriefAndOneIsWhole) {
  const auto brief = json_in(ask("GET", "/api/songs"))["songs"].at(0);
  EXPECT_EQ(brief["id"], song_.value);
  EXPECT_EQ(brief["title"], "first");
  EXPECT_EQ(brief["valence"], 0.5);
  EXPECT_EQ(brief["duration_ms"], 60'000);
  EXPECT_FALSE(brief.contains("features"));
  EXPECT_FALSE(brief.contains("path"));
  const auto whole = json_in(ask("GET", path_of(song_)));
  EXPECT_EQ(whole["features"], json({0.5, -0.25, 1.0}));
  EXPECT_EQ(whole["file"], "first.ogg");
}

TEST_F(RoutesTest, SomeSongsAreToldInTheOrderAskedFor) {
  const auto second = house_.add_song("second", "9876543210");
  const auto ids = std::to_string(second.value) + ",424242," + std::to_string(song_.value);
  const auto songs = json_in(ask("GET", "/api/songs?ids=" + ids))["songs"];
  ASSERT_EQ(songs.size(), 2U);  // one that is gone is left out
  EXPECT_EQ(songs[0]["title"], "second");
  EXPECT_EQ(songs[1]["title"], "first");
  std::string many = "1";
  for (std::size_t i = 1; i < 200; ++i) many += ",1";
  EXPECT_EQ(json_in(ask("GET", "/api/songs?ids=" + many))["songs"].size(), 200U);
  const auto refused = ask("GET", "/api/songs?ids=" + many + ",1");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(json_in(refused)["error"].get<std::string>().find("at most 200"), std::string::npos);
}

// The failures: a page shows points of yesterday's library, or loads a megabyte again each time.
TEST_F(RoutesTest, TheMapHasEveryHeardSongAndIsKnownAgain) {
  catalog::Song unheard;
  unheard.path = house_.folder.write("music/unheard.ogg", "0123456789");
  unheard.container = "ogg";
  ASSERT_TRUE(house_.store->put_song(unheard));
  const auto last = house_.add_song("last", "5432154321", ValenceArousal::clamped(-1.0F, 0.125F));
  const auto map = ask("GET", "/api/map");
  const auto& bytes = std::get<std::string>(map.body);
  ASSERT_EQ(bytes.size(), 8U + 2 * 16);
  EXPECT_EQ(bytes.substr(0, 8), std::string("HFM1\2\0\0\0", 8));
  const auto id_at = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  EXPECT_EQ(id_at(8), song_.value);
  EXPECT_EQ(id_at(16), last.value);
  EXPECT_EQ(bytes.substr(24, 8), std::string("\0\0\0\x3f\0\0\x80\xbf", 8));  // 0.5, -1
  EXPECT_EQ(bytes.substr(32, 8), std::string("\0\0\x80\xbe\0\0\0\x3e", 8));  // -0.25, 0.125
  const std::map<std::string, std::string> headers{map.headers.begin(), map.headers.end()};
  EXPECT_EQ(headers.at("Cache-Control"), "private, no-cache");
  Request again{"GET", "/api/map", "localhost:4747", "", "", "", headers.at("ETag"), ""};
  EXPECT_EQ(routes_.answer(again).status, 304);
  house_.add_song("newer", "5555");
  EXPECT_EQ(routes_.answer(again).status, 200);
}

// The failures: the page loads a cover of megabytes again for each song of an album; a page that is
// named "cover.png" is sent as one.
TEST_F(RoutesTest, AFolderPictureIsTheCoverAndIsKnownAgain) {
  house_.folder.write("music/cover.png", "<script>alert(1)</script>");
  EXPECT_EQ(ask("GET", path_of(song_, "/cover")).status, 400);  // ten digits are no sound either
  const std::string picture = std::string{"\x89PNG\r\n\x1a\n"} + "the rest";
  house_.folder.write("music/Folder.JPG", picture);
  const auto cover = ask("GET", path_of(song_, "/cover"));
  ASSERT_EQ(cover.status, 200);
  EXPECT_EQ(std::get<std::string>(cover.body), picture);
  const std::map<std::string, std::string> headers{cover.headers.begin(), cover.headers.end()};
  EXPECT_EQ(headers.at("Content-Type"), "image/png");
  Request again;
  again.method = "GET";
  again.target = path_of(song_, "/cover");
  again.host = "localhost:4747";
  again.if_none_match = headers.at("ETag");
  EXPECT_EQ(routes_.answer(again).status, 304);
}

TEST_F(RoutesTest, TodaysListsStayThroughTheDay) {
  const std::string none = std::get<std::string>(ask("GET", "/api/today").body);
  for (int i = 0; i < 40; ++i) {
    const auto mood = ValenceArousal::clamped(std::sin(i), std::cos(2 * i));
    house_.add_song("song " + std::to_string(i), std::to_string(i), mood);
  }
  const auto today = ask("GET", "/api/today");
  ASSERT_EQ(today.status, 200);
  const auto told = std::get<std::string>(today.body);
  for (const auto* part : {"morning", "afternoon", "evening", "night"})
    EXPECT_NE(told.find("\"part\":\"" + std::string{part} + "\""), std::string::npos) << told;
  EXPECT_NE(told.find("\"now\":\""), std::string::npos);
  EXPECT_EQ(std::get<std::string>(ask("GET", "/api/today").body), told);
  EXPECT_EQ(ask("POST", "/api/today").status, 405);
}

// A page that would ask for a picture to learn that there is none gets an error in its console each
// time.
TEST_F(RoutesTest, WhatASongHasBesidesIsToldWithoutSendingIt) {
  const auto song = house_.add_song("sung", "no sound at all");
  EXPECT_EQ(json_in(ask("GET", path_of(song, "/extras"))),
            json({{"cover", nullptr}, {"lyrics", nullptr}}));
  house_.folder.write("music/sung.lrc", "Words without a time\n");
  EXPECT_EQ(json_in(ask("GET", path_of(song, "/extras")))["lyrics"], "untimed");
  house_.folder.write("music/sung.lrc", "[00:01]One\n");
  house_.folder.write("music/cover.jpg", std::string{"\x89PNG\r\n\x1a\n"} + "the rest");
  EXPECT_EQ(json_in(ask("GET", path_of(song, "/extras"))),
            json({{"cover", "image/png"}, {"lyrics", "timed"}}));
  EXPECT_EQ(ask("PUT", path_of(song, "/extras")).status, 405);
  EXPECT_EQ(ask("GET", "/api/songs/424242/extras").status, 404);
}

TEST_F(RoutesTest, LyricsHaveTheirTimes) {
  EXPECT_NE(ask("GET", path_of(song_, "/lyrics")).status, 200);
  EXPECT_EQ(ask("PUT", path_of(song_, "/lyrics")).status, 405);
  house_.folder.write("music/first.lrc", "[00:02.50]<00:02.50>Two <00:03.00>words\n[00:01]One\n");
  const auto answer = ask("GET", path_of(song_, "/lyrics"));
  ASSERT_EQ(answer.status, 200);
  const auto lyrics = json_in(answer);
  EXPECT_EQ(lyrics["timed"], true);
  ASSERT_EQ(lyrics["lines"].size(), 2U);
  EXPECT_EQ(lyrics["lines"][0]["at_ms"], 1000);
  EXPECT_EQ(lyrics["lines"][1]["text"], "Two words");
  EXPECT_EQ(lyrics["lines"][1]["words"][1]["at_ms"], 3000);
}

// The listener's like and play must be on the disk before the page is told so.
TEST_F(RoutesTest, LikesAndPlaysAreStoredBeforeTheAnswer) {
  EXPECT_EQ(json_in(ask("PUT", path_of(song_, "/like"))), json({{"liked", true}}));
  const json play{{"song", song_.value},
                  {"started_at", 1'700'000'000'000},
                  {"heard_ms", 60'000},
                  {"outcome", "finished"}};
  const auto stored = ask("POST", "/api/plays", play.dump());
  EXPECT_EQ(stored.status, 201);
  EXPECT_GT(json_in(stored)["play"], 0);
  const auto again = *store::open(house_.folder.path() / "data");
  const auto history = *again->history(house_.listener);
  ASSERT_EQ(history.size(), 1U);
  EXPECT_TRUE(history[0].liked);
  EXPECT_EQ(history[0].plays, 1);
  const auto brief = json_in(ask("GET", "/api/songs"))["songs"].at(0);
  EXPECT_EQ(brief["liked"], true);
  EXPECT_EQ(brief["plays"], 1);
  EXPECT_EQ(json_in(ask("DELETE", path_of(song_, "/like"))), json({{"liked", false}}));
}

TEST_F(RoutesTest, APlayKeepsTheMoodThatItIsTold) {
  const auto post = [&](const json& mood, const char* outcome) {
    json play{{"song", song_.value}, {"started_at", 5}, {"heard_ms", 7}, {"outcome", outcome}};
    if (!mood.is_null()) play["mood"] = mood;
    return ask("POST", "/api/plays", play.dump()).status;
  };
  EXPECT_EQ(post({{"valence", -0.5}, {"arousal", 1}}, "not_now"), 201);
  EXPECT_EQ(post(nullptr, "skipped"), 201);
  EXPECT_EQ(post({{"valence", -0.5}}, "skipped"), 400);
  EXPECT_EQ(post({{"valence", 2}, {"arousal", 0}}, "skipped"), 400);
  EXPECT_EQ(post("sad", "skipped"), 400);
  const auto kept = *store::open_preferences(house_.folder.path() / "data");
  const auto plays = *kept->newest_plays(house_.listener, 9);
  ASSERT_EQ(plays.size(), 2U);
  EXPECT_EQ(plays[0].mood, ValenceArousal::clamped(-0.5, 1));
  EXPECT_EQ(plays[0].outcome, catalog::PlayOutcome::kNotNow);
  EXPECT_EQ(plays[1].mood, std::nullopt);
}

TEST_F(RoutesTest, WhatIsBelievedIsToldForgottenAndTakenBack) {
  const auto calm = house_.add_song("calm", "x", ValenceArousal::clamped(0.2, -0.8));
  const auto wild = house_.add_song("wild", "x", ValenceArousal::clamped(0.2, 0.8));
  for (const auto id : {calm, wild}) {
    auto song = *house_.store->song(id);
    song.sound.vector.clear();  // so that the mood alone tells the two apart
    ASSERT_TRUE(house_.store->put_song(song));
  }
  ASSERT_TRUE(house_.library.refresh_songs());
  EXPECT_EQ(json_in(ask("GET", "/api/beliefs")), json({{"songs", 0}, {"beliefs", json::array()}}));
  for (int i = 0; i < 30; ++i) {
    const json play{{"song", i % 2 == 0 ? calm.value : wild.value},
                    {"started_at", 1'700'000'000'000 + i * 60'000},
                    {"heard_ms", i % 2 == 0 ? 60'000 : 900},
                    {"outcome", i % 2 == 0 ? "finished" : "skipped"},
                    {"mood", {{"valence", 0.6}, {"arousal", 0.6}}}};
    ASSERT_EQ(ask("POST", "/api/plays", play.dump()).status, 201);
  }
  const auto told = json_in(ask("GET", "/api/beliefs"));
  EXPECT_EQ(told["songs"], 30);
  ASSERT_FALSE(told["beliefs"].empty());
  EXPECT_NE(told.dump().find("quiet"), std::string::npos);
  const auto change = [&](const char* body) { return ask("POST", "/api/beliefs", body); };
  EXPECT_EQ(change(R"({"action": "undo"})").status, 404);
  EXPECT_EQ(change(R"({"action": "burn"})").status, 400);
  EXPECT_EQ(change("[").status, 400);
  EXPECT_EQ(json_in(change(R"({"action": "forget"})"))["songs"], 0);
  EXPECT_EQ(json_in(ask("GET", "/api/beliefs"))["songs"], 0);
  EXPECT_EQ(json_in(change(R"({"action": "undo"})")), told);
  EXPECT_EQ(ask("PUT", "/api/beliefs", "{}").status, 405);
}

// The failure: a ban that the command line knows and the live queue does not.
TEST_F(RoutesTest, TheQueueKeepsBansAndTheSharesAddUpToTheScore) {
  const auto one = house_.add_song("one", "x", ValenceArousal::clamped(0.6, 0.5));
  const auto two = house_.add_song("two", "x", ValenceArousal::clamped(0.6, 0.5));
  const auto three = house_.add_song("three", "x", ValenceArousal::clamped(0.6, 0.5));
  ASSERT_TRUE(house_.preferences->ban_artist(house_.listener, "artist of ONE"));
  ASSERT_TRUE(house_.preferences->ban_song(house_.listener, two));
  ASSERT_TRUE(house_.library.refresh_history());
  session::Session session{house_.library, nullptr};
  session.set_mood(ValenceArousal::clamped(0.6, 0.5));
  const auto queue = session.queue();
  std::vector<SongId> offered;
  for (const auto& pick : queue->picks) offered.push_back(pick.song);
  EXPECT_EQ(std::count(offered.begin(), offered.end(), one), 0);
  EXPECT_EQ(std::count(offered.begin(), offered.end(), two), 0);
  EXPECT_EQ(std::count(offered.begin(), offered.end(), three), 1);
  const auto first = json::parse(write_queue(*queue, *house_.library.history()))["songs"][0];
  double sum = 0;
  for (const auto& [part, share] : first["shares"].items()) sum += share.get<double>();
  EXPECT_NEAR(sum, first["score"].get<double>(), 1e-3);
}

// The failure: `harmonic ban` beside a running server counts only after the next play.
TEST_F(RoutesTest, ABanOfAnotherProgramIsKeptFromTheNextListOn) {
  const auto one = house_.add_song("one", "x", ValenceArousal::clamped(0.6, 0.5));
  session::Session session{house_.library, nullptr};
  session.set_mood(ValenceArousal::clamped(0.6, 0.5));
  const auto offers = [&](recommend::Strategy strategy) {
    session.set_strategy(strategy);  // another list is asked for
    const auto queue = session.queue();
    return std::any_of(queue->picks.begin(), queue->picks.end(),
                       [&](const auto& pick) { return pick.song == one; });
  };
  EXPECT_TRUE(offers(recommend::Strategy::kMatch));
  const auto other = *store::open_preferences(house_.folder.path() / "data");
  ASSERT_TRUE(other->ban_artist(house_.listener, "Artist of one"));
  EXPECT_FALSE(offers(recommend::Strategy::kLift));
  ASSERT_TRUE(other->lift_artist(house_.listener, "Artist of one"));
  ASSERT_TRUE(other->ban_song(house_.listener, song_));
  const auto way =
      json_in(ask("POST", "/api/journey",
                  R"({"from": {"valence": 0.5, "arousal": 0}, "to": "calm", "songs": 1})"));
  ASSERT_EQ(way["songs"].size(), 1U);
  EXPECT_EQ(way["songs"][0]["id"], one.value);
  EXPECT_EQ(house_.library.refresh_preferences().value(), false) << "nobody wrote since";
  ASSERT_TRUE(house_.store->set_liked(house_.listener, one, true));
  EXPECT_EQ(house_.library.refresh_preferences().value(), false) << "no ban, no new start";
  ASSERT_TRUE(other->start_learning(house_.listener, {std::chrono::system_clock::now(), ""}));
  EXPECT_EQ(house_.library.refresh_preferences().value(), true);
}

TEST_F(RoutesTest, APlayOfAnUnknownSongIsNotFound) {
  EXPECT_EQ(ask("POST", "/api/plays",
                R"({"song": 4242, "started_at": 0, "heard_ms": 1, "outcome": "stopped"})")
                .status,
            404);
}

TEST_F(RoutesTest, ASongWhoseFileIsGoneSaysSo) {
  std::filesystem::remove(house_.folder.path() / "music/first.ogg");
  const auto response = ask("GET", path_of(song_, "/stream"));
  EXPECT_EQ(response.status, 404);
  EXPECT_NE(std::get<std::string>(response.body).find("first.ogg"), std::string::npos);
}

TEST_F(RoutesTest, AForeignPageOrNameIsRefused) {
  struct Case {
    const char* method;
    const char* host;
    const char* origin;
    int status;
  };
  const Case cases[] = {
      {"GET", "localhost:4747", "", 200},
      {"GET", "localhost:4747", "http://evil.example", 200},  // the browser keeps it from that page
      {"GET", "evil.example:4747", "", 403},
      {"GET", "", "", 403},
      {"PUT", "localhost:4747", "", 200},
      {"PUT", "localhost:4747", "http://localhost:4747", 200},
      {"PUT", "localhost:4747", "http://evil.example", 403},
      {"PUT", "localhost:4747", "null", 403},
  };
  for (const auto& [method, host, origin, status] : cases) {
    const auto path = std::string_view{method} == "PUT" ? path_of(song_, "/like") : "/api/status";
    const Request request{method, path, host, origin, "", "", "", ""};
    EXPECT_EQ(routes_.answer(request).status, status) << method << " " << host << " " << origin;
  }
  EXPECT_EQ(house_.store->history(house_.listener)->at(0).liked, true);
}

TEST(Answers, APlayIsReadStrictly) {
  const std::string good = R"({"song": 1, "started_at": 5, "heard_ms": 6, "outcome": "skipped"})";
  const auto play = read_play(good);
  ASSERT_TRUE(play);
  EXPECT_EQ(play->song, SongId{1});
  EXPECT_EQ(play->heard, std::chrono::milliseconds{6});
  EXPECT_EQ(play->outcome, catalog::PlayOutcome::kSkipped);
  for (
      const std::string_view text : {
          "",
          "[]",
          "{}",
          "\xFF",
          R"({"started_at": 5, "heard_ms": 6, "outcome": "skipped"})",
          R"({"song": "1", "started_at": 5, "heard_ms": 6, "outcome": "skipped"})",
          R"({"song": 1, "started_at": -5, "heard_ms": 6, "outcome": "skipped"})",
          R"({"song": 1, "started_at": 99999999999999999, "heard_ms": 6, "outcome": "skipped"})",
          R"({"song": 1, "started_at": 18446744073709551615, "heard_ms": 6, "outcome": "skipped"})",
          R"({"song": 1, "started_at": 5, "heard_ms": 6.5, "outcome": "skipped"})",
          R"({"song": 1, "started_at": 5, "heard_ms": 86400001, "outcome": "skipped"})",
          R"({"song": 1, "started_at": 5, "heard_ms": 6})",
          R"({"song": 1, "started_at": 5, "heard_ms": 6, "outcome": "loved"})",
          R"({"song": 1, "started_at": 5, "heard_ms": 6, "outcome": 1})",
      }) {
    const auto refused = read_play(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().kind, ErrorKind::kInvalidInput);
  }
}

TEST_F(RoutesTest, PlansAJourney) {
  const auto there = house_.add_song("there", "0123", ValenceArousal::clamped(0.3, -0.5));
  const auto asked = R"({"from": {"valence": 0.5, "arousal": -0.2}, "to": "calm", "songs": 2})";
  const auto response = ask("POST", "/api/journey", asked);
  ASSERT_EQ(response.status, 200);
  const auto made = json_in(response);
  ASSERT_EQ(made["songs"].size(), 2U);
  EXPECT_EQ(made["songs"][0]["id"], song_.value);
  EXPECT_EQ(made["songs"][1]["id"], there.value);
  EXPECT_FALSE(made["songs"][1]["reasons"].empty());
  EXPECT_EQ(made["curve"].size(), 2U);
  EXPECT_NEAR(made["to"]["arousal"].get<double>(), -0.6, 1e-6);

  const std::string from = R"({"from": {"valence": 0.5, "arousal": -0.2}, )";
  for (const auto& wrong :
       {std::string{"[]"}, from + "}", from + R"("to": "match", "songs": 2})",
        from + R"("to": "calm"})", from + R"("to": "calm", "songs": 0})",
        from + R"("to": "calm", "songs": 61})", from + R"("to": "calm", "songs": 2.5})",
        from + R"("to": "calm", "songs": 2, "minutes": 2})",
        from + R"("to": {"valence": 2, "arousal": 0}, "songs": 2})",
        from + R"("to": "calm", "songs": 2, "via": [{"valence": 0}]})",
        from + R"("to": "calm", "songs": 2, "via": {}})",
        std::string{R"({"from": null, "to": "calm", "songs": 2})"}}) {
    EXPECT_EQ(ask("POST", "/api/journey", wrong).status, 400) << wrong;
  }
}

}  // namespace
}  // namespace harmonic::server
