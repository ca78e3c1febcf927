#include "server/live.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "server/test_house.h"

namespace harmonic::server {
namespace {

using nlohmann::json;

class LiveTest : public testing::Test {
 protected:
  json only_news() {
    const auto news = live_.news();
    EXPECT_EQ(news.size(), 1U);
    return news.empty() ? json{} : json::parse(news.front());
  }

  TestHouse house_;
  SongId bright_ = house_.add_song("bright", "x", ValenceArousal::clamped(0.7, 0.4));
  SongId dark_ = house_.add_song("dark", "x", ValenceArousal::clamped(-0.7, -0.4));
  Live live_{std::make_shared<session::Session>(house_.library, nullptr), house_.library};
};

TEST_F(LiveTest, ANewPageIsToldHowThingsStandAndThenOnlyWhatChanges) {
  const auto first = live_.news();
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(json::parse(first[0])["source"], "none");
  EXPECT_EQ(json::parse(first[1])["songs"], json::array());
  EXPECT_TRUE(live_.news().empty());
  ASSERT_TRUE(live_.hear(R"({"type": "mood", "valence": 0.7, "arousal": 0.4})"));
  const auto next = live_.news();
  ASSERT_EQ(next.size(), 2U);
  EXPECT_EQ(json::parse(next[0])["source"], "hand");
  EXPECT_EQ(json::parse(next[1])["songs"].at(0)["id"], bright_.value);
  EXPECT_TRUE(live_.news().empty());
}

TEST_F(LiveTest, EveryWishReachesTheSession) {
  ASSERT_TRUE(live_.hear(R"({"type": "mood", "valence": 0.7, "arousal": 0.4})"));
  (void)live_.news();
  ASSERT_TRUE(live_.hear(R"({"type": "strategy", "name": "calm"})"));
  EXPECT_EQ(only_news()["strategy"], "calm");
  ASSERT_TRUE(live_.hear(R"({"type": "playing", "song": )" + std::to_string(bright_.value) + "}"));
  const auto queue = only_news();
  ASSERT_EQ(queue["songs"].size(), 1U);
  EXPECT_EQ(queue["songs"][0]["id"], dark_.value);
  ASSERT_TRUE(live_.hear(R"({"type": "release"})"));
  EXPECT_EQ(only_news()["source"], "none");
  EXPECT_TRUE(live_.hear(R"({"type": "camera", "on": false})"));
  EXPECT_TRUE(live_.hear(R"({"type": "movements", "on": true})"));
  EXPECT_TRUE(live_.hear(R"({"type": "listener", "name": "Ann", "yes": true})"));
  EXPECT_TRUE(live_.news().empty()) << "nobody was offered";
  ASSERT_TRUE(live_.hear(R"({"type": "baseline", "action": "start"})"));
  EXPECT_EQ(only_news()["state"], "refused") << "nobody is there";
  EXPECT_FALSE(live_.hear("rubbish"));
}

// A like that was set elsewhere must show in the queue of every page.
TEST_F(LiveTest, ALikeReachesTheQueue) {
  ASSERT_TRUE(live_.hear(R"({"type": "mood", "valence": 0.7, "arousal": 0.4})"));
  (void)live_.news();
  ASSERT_TRUE(house_.store->set_liked(house_.listener, bright_, true));
  ASSERT_TRUE(house_.library.refresh_history());
  EXPECT_EQ(only_news()["songs"].at(0)["liked"], true);
}

}  // namespace
}  // namespace harmonic::server
