// Several faces, a face at rest, and a listener's name, as a session tells them.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "affect/circumplex.h"
#include "session/session.h"
#include "session/test_shelf.h"

namespace harmonic::session {
namespace {

using affect::Emotion;
using std::chrono::milliseconds;

affect::EmotionScores mostly(Emotion emotion, float share) {
  affect::EmotionScores scores{};
  scores.front() = 1 - share;
  scores.at(static_cast<std::size_t>(emotion)) = share;
  return scores;
}

SeenFace at(SeenFace face, image::Box box) {
  face.box = box;
  return face;
}

class CameraMoodTest : public testing::Test {
 protected:
  /// Shows these faces for `time`, `rate` pictures a second; the last picture as it was told.
  Observation show(std::vector<SeenFace> faces, milliseconds time, int rate = 4) {
    eyes_.next.reason = faces.empty() ? "no_face" : "";
    eyes_.next.faces = std::move(faces);
    Observation last;
    for (milliseconds shown{0}; shown < time; shown += milliseconds{1000 / rate}) {
      now_ += milliseconds{1000 / rate};
      last = session_.observe(
          picture_of('x'),
          static_cast<double>(std::chrono::duration_cast<milliseconds>(now_).count()));
      (void)session_.rest();
    }
    return last;
  }

  /// A capture of a face at rest, ten pictures a second as the page sends them.
  RestNews capture(const affect::EmotionScores& rest, int id = 1) {
    session_.start_rest();
    show({face_that_shows(rest, id)}, milliseconds{3100}, 10);
    return session_.rest();
  }

  static float share_of(const Observation& seen, Emotion emotion) {
    return seen.look.faces.at(0).expression->scores.at(static_cast<std::size_t>(emotion));
  }

  const SeenFace happy_ = at(face_that_shows(surely(Emotion::kHappy), 1), {220, 140, 160, 200});
  const SeenFace sad_ = at(face_that_shows(surely(Emotion::kSad), 2), {20, 100, 100, 120});
  TestShelf shelf_;
  Library library_{shelf_, ListenerId{1}};
  StagedEyes eyes_;
  Rests rests_;
  std::chrono::steady_clock::duration now_{std::chrono::hours{1}};
  Session session_{library_,
                   &eyes_,
                   {[this] { return Gate::Time{now_}; },
                    [this] { return std::chrono::system_clock::time_point{now_}; }},
                   &rests_};
};

TEST_F(CameraMoodTest, TheLargestFaceIsFollowedAndStaysSo) {
  const auto first = show({happy_, sad_}, milliseconds{2000});
  EXPECT_EQ(first.look.followed, 1);
  EXPECT_EQ(session_.mood().emotion, Emotion::kHappy);
  const auto nearer = at(sad_, {0, 0, 400, 480});
  EXPECT_EQ(show({nearer, happy_}, milliseconds{3000}).look.followed, 1);
  EXPECT_EQ(session_.mood().emotion, Emotion::kHappy);
}

TEST_F(CameraMoodTest, AFaceInTheMiddleGoesBeforeALittleLargerOneAtTheEdge) {
  const auto edge = at(sad_, {0, 0, 170, 200});
  EXPECT_EQ(show({edge, happy_}, milliseconds{250}).look.followed, 1);
}

TEST_F(CameraMoodTest, WhoLeavesEndsTheReadingWithinASecond) {
  show({happy_}, milliseconds{2000});
  show({}, milliseconds{1000});
  EXPECT_EQ(session_.mood().source, MoodSource::kNone);
}

// Half of one person and half of another is the mood of nobody.
TEST_F(CameraMoodTest, TwoPeopleAreNeverBlended) {
  show({happy_, sad_}, milliseconds{2000});
  const auto after = show({sad_}, milliseconds{1000});
  EXPECT_EQ(after.look.followed, 2);
  ASSERT_TRUE(session_.mood().point);
  EXPECT_NEAR(session_.mood().point->valence(), affect::point_of(Emotion::kSad).valence(), 1e-3);
}

TEST_F(CameraMoodTest, TheReasonIsThatOfTheFaceFollowed) {
  show({happy_, sad_}, milliseconds{1000});
  auto dark = happy_;
  dark.expression.reset();
  dark.reason = "too_dark";
  EXPECT_EQ(show({dark, sad_}, milliseconds{250}).look.reason, "too_dark");
  EXPECT_EQ(show({sad_}, milliseconds{250}).look.reason, "no_face");
}

TEST_F(CameraMoodTest, UncertaintyIsTheSpreadOfWhatWasSeen) {
  show({happy_}, milliseconds{2000});
  EXPECT_NEAR(*session_.mood().uncertainty, 0, 1e-3);
  const auto half = mostly(Emotion::kHappy, 0.5F);
  show({face_that_shows(half)}, milliseconds{8000});
  EXPECT_NEAR(*session_.mood().uncertainty, affect::spread_of(half), 0.01);
  session_.set_mood({});
  EXPECT_FALSE(session_.mood().uncertainty) << "the hand is not uncertain";
}

// The page draws it as a radius in [0, 1].
TEST_F(CameraMoodTest, NoScoresAreMoreUncertainThanTheirPlacesLieApart) {
  float most = 0;
  for (std::size_t i = 0; i < affect::kEmotionCount; ++i) {
    for (std::size_t j = 0; j < affect::kEmotionCount; ++j) {
      for (int a = 0; a <= 20; ++a) {
        for (int b = 0; a + b <= 20; ++b) {
          affect::EmotionScores scores{};
          scores.at(1) += static_cast<float>(20 - a - b) / 20;
          scores.at(i) += static_cast<float>(a) / 20;
          scores.at(j) += static_cast<float>(b) / 20;
          most = std::max(most, affect::spread_of(scores));
        }
      }
    }
  }
  EXPECT_GT(most, 0.8F);
  EXPECT_LT(most, 0.88F);
}

TEST_F(CameraMoodTest, AFaceAtRestIsTakenOutOfLaterReadings) {
  const auto grim = mostly(Emotion::kSad, 0.45F);
  const auto before = share_of(show({face_that_shows(grim)}, milliseconds{1000}), Emotion::kSad);
  const auto news = capture(grim);
  EXPECT_EQ(news.state, RestState::kSet) << news.message;
  const auto after = show({face_that_shows(grim)}, milliseconds{1000});
  EXPECT_LT(share_of(after, Emotion::kSad), before - 0.15F);
  const auto& expression = *after.look.faces[0].expression;
  EXPECT_FLOAT_EQ(expression.point.valence(), affect::point_of(expression.scores).valence());
  session_.forget_rest();
  EXPECT_EQ(session_.rest().state, RestState::kNone);
  const auto forgotten = show({face_that_shows(grim)}, milliseconds{1000});
  EXPECT_EQ(share_of(forgotten, Emotion::kSad), before);
}

TEST_F(CameraMoodTest, ACaptureShowsHowFarItIsAndCanBeCancelled) {
  const auto neutral = face_that_shows(surely(Emotion::kNeutral));
  show({neutral}, milliseconds{500});
  session_.start_rest();
  show({neutral}, milliseconds{1500}, 10);
  EXPECT_EQ(session_.rest().state, RestState::kCapturing);
  EXPECT_NEAR(session_.rest().progress, 0.5F, 0.01F);
  session_.cancel_rest();
  EXPECT_EQ(session_.rest().state, RestState::kNone);
  show({neutral}, milliseconds{4000}, 10);
  EXPECT_EQ(session_.rest().state, RestState::kNone);
}

// A slow page sends four a second: fifteen readings then take longer than three seconds.
TEST_F(CameraMoodTest, ACaptureWaitsForEnoughReadingsAndNotForever) {
  const auto neutral = face_that_shows(surely(Emotion::kNeutral));
  show({neutral}, milliseconds{500});
  session_.start_rest();
  show({neutral}, milliseconds{3250});
  EXPECT_EQ(session_.rest().state, RestState::kCapturing);
  show({neutral}, milliseconds{750});
  EXPECT_EQ(session_.rest().state, RestState::kSet);
  session_.start_rest();
  show({}, milliseconds{600});
  now_ += milliseconds{6000};
  const auto news = session_.rest();
  EXPECT_EQ(news.state, RestState::kRefused);
  EXPECT_NE(news.message.find("0 times"), std::string::npos) << news.message;
}

TEST_F(CameraMoodTest, ACaptureThatCannotBeUsedSaysWhy) {
  EXPECT_EQ(session_.rest().state, RestState::kNone);
  session_.start_rest();
  EXPECT_EQ(session_.rest().state, RestState::kRefused) << "nobody is there";
  show({happy_}, milliseconds{500});
  const auto smiling = capture(surely(Emotion::kHappy));
  EXPECT_EQ(smiling.state, RestState::kRefused);
  EXPECT_NE(smiling.message.find("happy"), std::string::npos) << smiling.message;
}

TEST_F(CameraMoodTest, AFaceAtRestIsNotUsedForAnotherFace) {
  const auto grim = mostly(Emotion::kSad, 0.45F);
  show({face_that_shows(grim)}, milliseconds{500});
  ASSERT_EQ(capture(grim).state, RestState::kSet);
  show({face_that_shows(grim, 2)}, milliseconds{1500});
  EXPECT_EQ(session_.rest().state, RestState::kNone);
  EXPECT_NE(session_.rest().message, "");
  EXPECT_EQ(share_of(show({face_that_shows(grim, 2)}, milliseconds{250}), Emotion::kSad), 0.45F);
}

TEST_F(CameraMoodTest, TheCameraOffForgetsTheFaceAtRestAndEndsACapture) {
  const auto grim = mostly(Emotion::kSad, 0.45F);
  show({face_that_shows(grim)}, milliseconds{500});
  ASSERT_EQ(capture(grim).state, RestState::kSet);
  session_.camera(false);
  EXPECT_EQ(session_.rest().state, RestState::kNone);
  session_.camera(true);
  EXPECT_EQ(share_of(show({face_that_shows(grim)}, milliseconds{500}), Emotion::kSad), 0.45F);
  session_.start_rest();
  session_.camera(false);
  EXPECT_EQ(session_.rest().state, RestState::kRefused);
}

TEST_F(CameraMoodTest, MovementsAreAskedForTheFollowedFaceAndOnlyOnRequest) {
  eyes_.next.movements = {
      {motion::Seconds{1}, motion::Seconds{2}, motion::Seconds{3}, motion::Region::kLeftBrow, 2.0}};
  EXPECT_TRUE(show({happy_}, milliseconds{500}).look.movements.empty());
  session_.watch_movements(true);
  EXPECT_EQ(show({happy_}, milliseconds{500}).look.movements.size(), 1U);
  EXPECT_EQ(eyes_.asked.face, 1);
}

// Nothing is done under a name that nobody agreed to.
TEST_F(CameraMoodTest, AnEnrolledListenerIsOfferedAndNeverTaken) {
  eyes_.next.name = "Ann";
  show({happy_}, milliseconds{1000});
  EXPECT_EQ(session_.listener().name, std::nullopt) << "the face was not steady for a second yet";
  show({happy_}, milliseconds{1000});
  EXPECT_EQ(session_.listener().name, "Ann");
  EXPECT_FALSE(session_.listener().agreed);
  session_.answer_listener("Bob", true);
  EXPECT_FALSE(session_.listener().agreed) << "an answer to another question";
  session_.answer_listener("Ann", true);
  EXPECT_TRUE(session_.listener().agreed);
}

TEST_F(CameraMoodTest, ANoIsNotAskedAgainAndAStrangerIsLookedUpThreeTimes) {
  eyes_.next.name = "Ann";
  show({happy_}, milliseconds{2000});
  session_.answer_listener("Ann", false);
  show({happy_}, milliseconds{10'000});
  EXPECT_EQ(session_.listener().name, std::nullopt);
  eyes_.next.name.reset();
  int looks = 0;
  for (int i = 0; i < 60; ++i) {
    show({at(face_that_shows(surely(Emotion::kSad), 7), happy_.box)}, milliseconds{250});
    looks += eyes_.asked.name ? 1 : 0;
  }
  EXPECT_EQ(looks, Greeting::kMostLooks);
}

TEST_F(CameraMoodTest, AYesBringsBackTheFaceAtRestOfThatName) {
  const auto grim = mostly(Emotion::kSad, 0.45F);
  eyes_.next.name = "Ann";
  show({face_that_shows(grim)}, milliseconds{2000});
  session_.answer_listener("Ann", true);
  ASSERT_EQ(capture(grim).state, RestState::kSet);

  Session other{library_, &eyes_, {}, &rests_};
  eyes_.next.faces = {face_that_shows(grim, 5)};
  for (int i = 1; i <= 8; ++i) other.observe(picture_of('x'), i * 250.0);
  ASSERT_EQ(other.listener().name, "Ann");
  EXPECT_EQ(other.rest().state, RestState::kNone) << "not before the yes";
  other.answer_listener("Ann", true);
  EXPECT_EQ(other.rest().state, RestState::kSet);
  other.forget_rest();
  EXPECT_FALSE(rests_.find("Ann")) << "forgetting is for good";
}

TEST_F(CameraMoodTest, AnotherFaceIsNotGreetedByTheName) {
  eyes_.next.name = "Ann";
  show({happy_}, milliseconds{2000});
  session_.answer_listener("Ann", true);
  eyes_.next.name.reset();
  show({sad_}, milliseconds{2000});
  EXPECT_EQ(session_.listener().name, std::nullopt);
  eyes_.next.name = "Ann";
  show({at(happy_, {200, 100, 180, 220})}, milliseconds{100});
  show({face_that_shows(surely(Emotion::kHappy), 9)}, milliseconds{3000});
  EXPECT_TRUE(session_.listener().agreed) << "the yes was for the session";
}

}  // namespace
}  // namespace harmonic::session
