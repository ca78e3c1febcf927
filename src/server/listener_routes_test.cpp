// The listeners of one server, as pages speak for them (session/household.h).
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "server/test_routes.h"
#include "session/session.h"
#include "store/sqlite_preferences.h"

namespace harmonic::server {
namespace {

using nlohmann::json;

class ListenerRoutesTest : public testing::Test, protected RoutesOfOneSong {};

json json_in(const Response& response) { return json::parse(std::get<std::string>(response.body)); }

// The failure: one listener sees what another played, or plays for another.
TEST_F(ListenerRoutesTest, ListenersOfOneServerAreKeptApart) {
  const auto ann = json_in(ask("POST", "/api/listener", R"({"name": "Ann & co"})"));
  EXPECT_EQ(ann["name"], "Ann & co");
  EXPECT_EQ(ann["first"], false);
  EXPECT_EQ(json_in(ask("GET", "/api/listener"))["name"], "tester");
  const json play{
      {"song", song_.value}, {"started_at", 5}, {"heard_ms", 7}, {"outcome", "finished"}};
  const std::string as_ann = "?listener=Ann%20%26%20co";
  ASSERT_EQ(ask("POST", "/api/plays" + as_ann, play.dump()).status, 201);
  ASSERT_EQ(ask("PUT", path_of(song_, "/like" + as_ann)).status, 200);
  const auto song_of = [&](const std::string& query) {
    return json_in(ask("GET", "/api/songs" + query))["songs"].at(0);
  };
  EXPECT_EQ(song_of(as_ann)["plays"], 1);
  EXPECT_EQ(song_of("")["plays"], 0);
  EXPECT_EQ(song_of("")["liked"], false);
  EXPECT_EQ(json_in(ask("GET", path_of(song_, as_ann)))["liked"], true);
  EXPECT_TRUE(house_.store->history(house_.listener)->empty());
  EXPECT_EQ(song_of("?listener=")["plays"], 0) << "no name is the first listener";
  house_.add_song("later", "0123");
  ASSERT_TRUE(house_.household.refresh());
  EXPECT_EQ(json_in(ask("GET", "/api/songs" + as_ann))["songs"].size(), 2U) << "songs are shared";
}

TEST_F(ListenerRoutesTest, WhoIsNotThereIsNobody) {
  for (const auto& [target, status] :
       std::map<std::string, int>{{"/api/listener?listener=Eve", 404},
                                  {"/api/songs?listener=Eve", 404},
                                  {"/api/listener?listener=%FF", 404},
                                  {"/api/listener?listener=%0", 400},
                                  {"/api/listener?listener=%00", 400},
                                  {"/api/status?listener=Eve", 200}})
    EXPECT_EQ(ask("GET", target).status, status) << target;
  for (const auto* body : {"", "{}", "[]", R"({"name": 3})", R"({"name": ""})", R"({"name": " a"})",
                           R"({"name": "a\nb"})"})
    EXPECT_EQ(ask("POST", "/api/listener", body).status, 400) << body;
  EXPECT_EQ(ask("POST", "/api/listener", json{{"name", std::string(65, 'a')}}.dump()).status, 400);
  EXPECT_EQ(ask("DELETE", "/api/listener").status, 405);
  EXPECT_EQ(ask("GET", "/api/listener/together").status, 405);
}

// The failure: whoever reaches the server fills its memory and its disk with names.
TEST_F(ListenerRoutesTest, PagesCanAddOnlySoManyListeners) {
  const auto join = [&](std::size_t i) {
    return ask("POST", "/api/listener", json{{"name", "n" + std::to_string(i)}}.dump()).status;
  };
  const auto most = session::Household::kMostMembers;
  for (std::size_t i = 1; i < most; ++i) ASSERT_EQ(join(i), 200) << i;
  for (std::size_t i = most; i < most + 3; ++i) EXPECT_EQ(join(i), 503) << i;
  EXPECT_EQ(*house_.preferences->count_listeners(), most) << "nothing is stored of who had no room";
  EXPECT_EQ(join(3), 200) << "who is there stays";
  EXPECT_EQ(ask("GET", "/api/songs").status, 200);
}

// The failure: a page of another site adds listeners, or agrees for one.
TEST_F(ListenerRoutesTest, OnlyOurOwnPageSpeaksForListeners) {
  ASSERT_EQ(ask("POST", "/api/listener", R"({"name": "Ann"})").status, 200);
  for (const auto& [method, target] :
       std::map<std::string, std::string>{{"POST", "/api/listener"},
                                          {"PUT", "/api/listener/together?listener=Ann"},
                                          {"DELETE", "/api/listener/together?listener=Ann"}}) {
    Request request;
    request.method = method;
    request.target = target;
    request.host = "localhost:4747";
    request.body = R"({"name": "Eve"})";
    request.origin = "http://evil.example";
    EXPECT_EQ(routes_.answer(request).status, 403) << method;
  }
  EXPECT_EQ(*house_.preferences->count_listeners(), 2U);
}

// The failure: somebody's plays help another without being asked, or still do after a no.
TEST_F(ListenerRoutesTest, ListenersAlikeHelpEachOtherOnlyWhileBothAgree) {
  std::vector<SongId> songs;
  // With the first they fill a queue, so that each is offered whatever its place.
  for (int i = 0; i < static_cast<int>(session::kQueueLength) - 1; ++i) {
    songs.push_back(house_.add_song("song " + std::to_string(i), "x" + std::to_string(i),
                                    ValenceArousal::clamped(0.5, 0.01 * i)));
    auto song = *house_.store->song(songs.back());
    song.duration += std::chrono::seconds{10 * i};  // of one length they would be near duplicates
    ASSERT_TRUE(house_.store->put_song(song));
  }
  ASSERT_TRUE(house_.household.refresh());
  const auto join = [&](const char* name) {
    EXPECT_EQ(ask("POST", "/api/listener", json{{"name", name}}.dump()).status, 200);
    return *house_.household.find(name);
  };
  const auto* const ann = join("Ann");
  const auto* const bob = join("Bob");
  const auto plays = [&](const session::Member& who, std::size_t first, std::size_t last) {
    for (auto i = first; i < last; ++i) {
      for (int times = 0; times < 3; ++times)
        ASSERT_TRUE(house_.store->add_play(
            {who.id, songs[i], {}, {}, catalog::PlayOutcome::kFinished, {}}));
    }
    ASSERT_TRUE(who.library.refresh_history());
  };
  plays(*ann, 0, 5);
  plays(*bob, 0, 6);  // song 5 is what Bob could tell Ann
  session::Session session{ann->library, nullptr};
  session.set_mood(ValenceArousal::clamped(0.5, 0.1));
  const auto told = [&] {
    std::vector<SongId> with_reason;
    for (const auto& pick : session.queue()->picks) {
      for (const auto& reason : pick.reasons) {
        EXPECT_EQ(reason.text.find("Bob"), std::string::npos);
        if (reason.kind == recommend::ReasonKind::kCompany) with_reason.push_back(pick.song);
      }
    }
    return with_reason;
  };
  const auto has = [&](SongId song) {
    const auto now = told();
    return std::count(now.begin(), now.end(), song) == 1;
  };
  EXPECT_TRUE(told().empty()) << "nobody was asked";
  EXPECT_EQ(json_in(ask("PUT", "/api/listener/together?listener=Bob"))["together"],
            json({{"agreed", true}, {"others", 0}}));
  EXPECT_TRUE(told().empty()) << "Bob gives, and Ann did not agree to take part";
  EXPECT_EQ(json_in(ask("PUT", "/api/listener/together?listener=Ann"))["together"],
            json({{"agreed", true}, {"others", 1}}));
  EXPECT_TRUE(has(songs[5]));
  EXPECT_EQ(ask("DELETE", "/api/listener/together?listener=Bob").status, 200);
  EXPECT_TRUE(told().empty()) << "Bob took it back, and the queue that was made goes by it";
  const auto of_another_program = store::open_preferences(house_.folder.path() / "data");
  ASSERT_TRUE((*of_another_program)->set_agreed(bob->id, true));
  ASSERT_TRUE(house_.household.refresh());
  EXPECT_TRUE(has(songs[5])) << "and can agree again";
  EXPECT_EQ(json_in(ask("GET", "/api/listener"))["together"],
            json({{"agreed", false}, {"others", 2}}));
}

}  // namespace
}  // namespace harmonic::server
