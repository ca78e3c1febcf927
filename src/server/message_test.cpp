#include "server/message.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

namespace harmonic::server {
namespace {

using nlohmann::json;

TEST(Message, EveryWishOfThePageIsUnderstood) {
  struct Case {
    std::string_view text;
    ClientMessage message;
  };
  const Case cases[] = {
      {R"({"type": "mood", "valence": -0.5, "arousal": 1})",
       SetMood{ValenceArousal::clamped(-.5, 1)}},
      {R"({"type": "release"})", ReleaseMood{}},
      {R"({"type": "release", "newer": {"field": []}})", ReleaseMood{}},
      {R"({"type": "camera", "on": false})", SetCamera{false}},
      {R"({"type": "strategy", "name": "calm"})", SetStrategy{recommend::Strategy::kCalm}},
      {R"({"type": "familiar", "share": 0.5})", SetFamiliar{0.5}},
      {R"({"type": "familiar", "share": null})", SetFamiliar{}},
      {R"({"type": "playing", "song": 9})", SetPlaying{SongId{9}}},
      {R"({"type": "playing", "song": null})", SetPlaying{}},
      {R"({"type": "baseline", "action": "start"})", AskRest{RestAction::kStart}},
      {R"({"type": "baseline", "action": "cancel"})", AskRest{RestAction::kCancel}},
      {R"({"type": "baseline", "action": "forget"})", AskRest{RestAction::kForget}},
      {R"({"type": "movements", "on": true})", WatchMovements{true}},
      {R"({"type": "listener", "name": "Ann", "yes": false})", AnswerListener{"Ann", false}},
  };
  for (const auto& [text, message] : cases) {
    const auto read = read_message(text);
    ASSERT_TRUE(read) << text << ": " << read.error().message;
    EXPECT_EQ(*read, message) << text;
  }
}

// A mood that was clamped or defaulted would look like one that the listener chose.
TEST(Message, WhatIsNotAWishIsRefusedWhole) {
  for (const std::string_view text : {
           "",
           "{",
           "[]",
           "null",
           "\"mood\"",
           "{}",
           R"({"type": 1})",
           R"({"type": "sing"})",
           R"({"type": "mood"})",
           R"({"type": "mood", "valence": 0})",
           R"({"type": "mood", "valence": 1.01, "arousal": 0})",
           R"({"type": "mood", "valence": 1e999, "arousal": 0})",
           R"({"type": "mood", "valence": "0", "arousal": 0})",
           R"({"type": "mood", "valence": NaN, "arousal": 0})",
           R"({"type": "camera"})",
           R"({"type": "camera", "on": 1})",
           R"({"type": "strategy"})",
           R"({"type": "familiar"})",
           R"({"type": "familiar", "share": 1.5})",
           R"({"type": "familiar", "share": "all"})",
           R"({"type": "strategy", "name": "loud"})",
           R"({"type": "playing"})",
           R"({"type": "playing", "song": 0})",
           R"({"type": "playing", "song": -3})",
           R"({"type": "playing", "song": 1.5})",
           R"({"type": "playing", "song": 18446744073709551615})",
           R"({"type": "baseline"})",
           R"({"type": "baseline", "action": "learn"})",
           R"({"type": "movements", "on": "yes"})",
           R"({"type": "listener", "yes": true})",
           R"({"type": "listener", "name": "Ann"})",
           R"({"type": "listener", "name": 1, "yes": true})",
           R"({"type": "release"} {"type": "release"})",
           "\xFF\xFE",
       }) {
    const auto read = read_message(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().kind, ErrorKind::kInvalidInput) << text;
  }
}

TEST(Message, DeepNestingIsRefusedWithoutACrash) {
  EXPECT_FALSE(read_message(std::string(kMessageLimit, '[')));
  const std::string deep(kMessageLimit / 2, '[');
  EXPECT_FALSE(read_message(deep + std::string(kMessageLimit / 2, ']')));
}

std::vector<std::byte> picture(double at, std::string_view bytes) {
  std::vector<std::byte> message(sizeof at + bytes.size());
  std::memcpy(message.data(), &at, sizeof at);
  std::memcpy(message.data() + sizeof at, bytes.data(), bytes.size());
  return message;
}

TEST(Message, APictureCarriesItsTimeInFront) {
  const auto read = read_picture(picture(1234.5, "JPEG"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->captured_at_ms, 1234.5);
  ASSERT_EQ(read->encoded.size(), 4U);
  EXPECT_EQ(static_cast<char>(read->encoded[0]), 'J');
}

// A time that is no number, or too large for nanoseconds, would poison the smoothing for good.
TEST(Message, APictureWithoutAUsableTimeIsRefused) {
  const std::vector<std::vector<std::byte>> bad{
      {},
      picture(1, "").empty() ? std::vector<std::byte>{} : picture(1, ""),
      std::vector<std::byte>(7),
      picture(std::numeric_limits<double>::quiet_NaN(), "x"),
      picture(std::numeric_limits<double>::infinity(), "x"),
      picture(-1, "x"),
      picture(8.1e12, "x"),
  };
  for (const auto& message : bad) EXPECT_FALSE(read_picture(message)) << message.size();
}

session::Observation seen_face() {
  session::SeenFace face;
  face.box = {1, 2, 3, 4};
  face.confidence = 0.5F;
  face.expression = session::Expression{{0, 1, 0, 0, 0, 0, 0, 0}, ValenceArousal::clamped(.5, .25)};
  face.id = 3;
  session::Observation observation{77, {640, 480, "", {face}}};
  observation.look.followed = 3;
  return observation;
}

TEST(Message, AReadingShowsFacesAsTheProtocolSays) {
  const auto reading = json::parse(write_reading(seen_face()));
  EXPECT_EQ(reading["type"], "reading");
  EXPECT_EQ(reading["at"], 77);
  EXPECT_EQ(reading["reason"], nullptr);
  EXPECT_EQ(reading["followed"], 3);
  const auto& face = reading["faces"].at(0);
  EXPECT_EQ(face["id"], 3);
  EXPECT_EQ(face["box"], json({1, 2, 3, 4}));
  EXPECT_EQ(face["scores"]["happy"], 1);
  EXPECT_EQ(face["scores"].size(), affect::kEmotionCount);
  EXPECT_EQ(face["valence"], 0.5);
}

// A face that could not be read must not arrive with scores of 0, which look measured.
TEST(Message, AnUnreadFaceHasABoxAndNoScores) {
  auto observation = seen_face();
  observation.look.reason = "too_dark";
  observation.look.faces[0].expression.reset();
  const auto reading = json::parse(write_reading(observation));
  EXPECT_EQ(reading["reason"], "too_dark");
  EXPECT_FALSE(reading["faces"][0].contains("scores"));
  EXPECT_FALSE(reading["faces"][0].contains("valence"));
}

// A movement is a place and a time; a word for a feeling in it would be an invention.
TEST(Message, AMovementTellsWhereAndWhenAndNothingElse) {
  auto observation = seen_face();
  observation.look.movements = {{motion::Seconds{1.2}, motion::Seconds{1.3}, motion::Seconds{1.45},
                                 motion::Region::kLeftMouthCorner, 2.5}};
  const auto texts = write_movements(observation);
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_EQ(json::parse(texts[0]), json::parse(R"({"type": "movement", "at": 77.0, "onset": 1200.0,
      "apex": 1300.0, "offset": 1450.0, "region": "left_mouth_corner"})"));
}

TEST(Message, AFaceAtRestAndAListenerAreToldAsTheProtocolSays) {
  EXPECT_EQ(json::parse(write_rest({session::RestState::kCapturing, "rest", 0.503F})),
            json::parse(R"({"type": "baseline", "state": "capturing", "message": "rest",
      "progress": 0.5})"));
  EXPECT_EQ(json::parse(write_rest({session::RestState::kRefused, "no", 0}))["state"], "refused");
  EXPECT_EQ(json::parse(write_listener({"Ann", true})),
            json::parse(R"({"type": "listener", "name": "Ann", "agreed": true})"));
  EXPECT_EQ(json::parse(write_listener({}))["name"], nullptr);
}

TEST(Message, AMoodFromTheCameraSaysHowUncertainItIs) {
  session::Mood mood{session::MoodSource::kCamera, ValenceArousal{}, {}, {}, 0.25F};
  EXPECT_EQ(json::parse(write_mood(mood))["uncertainty"], 0.25);
  EXPECT_EQ(json::parse(write_mood({}))["uncertainty"], nullptr);
}

TEST(Message, AMoodThatNobodyToldHasNoPoint) {
  const auto none = json::parse(write_mood({}));
  EXPECT_EQ(none["source"], "none");
  EXPECT_FALSE(none.contains("valence"));
  EXPECT_EQ(none["emotion"], nullptr);
  session::Mood hand;
  hand.source = session::MoodSource::kHand;
  hand.point = ValenceArousal::clamped(-1, 0.5);
  const auto told = json::parse(write_mood(hand));
  EXPECT_EQ(told["source"], "hand");
  EXPECT_EQ(told["valence"], -1);
  EXPECT_EQ(told["scores"], nullptr);
}

catalog::Song hostile_song() {
  catalog::Song song;
  song.id = SongId{5};
  song.path = "/music/\xFF.ogg";
  song.container = "ogg";
  song.tags.artist = "</script>\n\"\xC3";
  song.sound.version = 1;
  song.sound.vector = {1, 2};
  return song;
}

// Invalid UTF-8 in a tag made the whole queue unreadable for the page.
TEST(Message, AQueueIsJsonWhateverTheTagsHold) {
  session::Queue queue;
  queue.target = ValenceArousal::clamped(.1, .2);
  queue.songs =
      std::make_shared<const recommend::Snapshot>(recommend::Snapshot::build({hostile_song()}, 1));
  recommend::Pick pick;
  pick.song = SongId{5};
  pick.score = 0.75;
  pick.reasons = {{recommend::ReasonKind::kLiked, "you like \"it\"", 1.0}};
  queue.picks = {pick};
  catalog::SongHistory liked;
  liked.song = SongId{5};
  liked.liked = true;
  liked.plays = 3;
  const auto told = json::parse(write_queue(queue, session::History{{liked}}));
  EXPECT_EQ(told["strategy"], "match");
  const auto& song = told["songs"].at(0);
  EXPECT_EQ(song["id"], 5);
  EXPECT_EQ(song["title"], "\xEF\xBF\xBD");
  EXPECT_EQ(song["artist"], "</script>\n\"\xEF\xBF\xBD");
  EXPECT_EQ(song["media_type"], "audio/ogg");
  EXPECT_EQ(song["liked"], true);
  EXPECT_EQ(song["plays"], 3);
  EXPECT_EQ(song["bpm"], nullptr);
  EXPECT_EQ(song["valence"], nullptr) << "not heard yet is not neutral";
  EXPECT_EQ(song["arousal"], nullptr);
  EXPECT_EQ(song["reasons"], json({"you like \"it\""}));
}

}  // namespace
}  // namespace harmonic::server
