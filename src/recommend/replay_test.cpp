#include "recommend/replay.h"

#include <gtest/gtest.h>

#include <cmath>

#include "bandit/state.h"
#include "recommend/library_for_tests.h"
#include "recommend/traits.h"

namespace harmonic::recommend {
namespace {

using namespace std::chrono_literals;
using bandit::Ending;
using catalog::Play;
using catalog::PlayOutcome;
using std::chrono::system_clock;

const auto kSad = ValenceArousal::clamped(-0.6, -0.6);
const system_clock::time_point kNoon{1'700'000'000'000ms};

Play play(std::int64_t song, PlayOutcome outcome, std::chrono::minutes at = 0min,
          std::chrono::milliseconds heard = 10s) {
  return {ListenerId{1}, SongId{song}, kNoon + at, heard, outcome, kSad};
}

TEST(Traits, AreMeasuredOrInTheMiddle) {
  auto full = song(1, "a", 0.5, -0.25, {1, 2, 3});
  full.sound.tempo = *Tempo::from_bpm(60);
  full.sound.loudness_lufs = -22.0F;
  catalog::Song unheard;
  unheard.id = SongId{2};
  auto strange = song(3, "b", 0, 0, {3, 2, 1});
  strange.sound.tempo = *Tempo::from_bpm(400);
  strange.sound.loudness_lufs = std::nanf("");
  const auto songs = Snapshot::build({full, unheard, strange});
  const auto traits = traits_of(songs, 0);
  EXPECT_EQ(traits[0], 1.0F);
  EXPECT_EQ(traits[1], 0.5F);
  EXPECT_EQ(traits[2], -0.25F);
  EXPECT_EQ(traits[3], -1.0F);
  EXPECT_EQ(traits[4], -1.0F);
  const auto blank = traits_of(songs, 1);
  EXPECT_EQ(blank[0], 1.0F);
  for (std::size_t i = 1; i < bandit::kTraits; ++i) EXPECT_EQ(blank[i], 0.0F) << i;
  EXPECT_EQ(traits_of(songs, 2)[3], 1.0F) << "held within the range";
  EXPECT_EQ(traits_of(songs, 2)[4], 0.0F) << "no number is no loudness";
}

TEST(Traits, AreNeverLongerThanTheBanditIsTold) {
  const auto songs = Snapshot::build(spread_library(200, 5));
  for (std::size_t i = 0; i < songs.size(); ++i) {
    float squares = 0;
    for (const float trait : traits_of(songs, i)) squares += trait * trait;
    EXPECT_LE(std::sqrt(squares), bandit::longest_traits() + 1e-4F);
  }
}

TEST(Replay, ReadsEachPlayAsWhatItSays) {
  auto lasting = song(1, "a", 0.5, 0.5);
  lasting.duration = 40s;
  catalog::Song unheard;
  unheard.id = SongId{2};
  const auto songs = Snapshot::build({lasting, unheard});
  const auto skipped = hearing_of(songs, play(1, PlayOutcome::kSkipped), false, false);
  ASSERT_TRUE(skipped);
  EXPECT_EQ(skipped->ending, Ending::kSkipped);
  EXPECT_FLOAT_EQ(skipped->heard, 0.25F);
  EXPECT_EQ(skipped->mood, kSad);
  const auto ending = [&](PlayOutcome outcome, bool liked, bool again) {
    return hearing_of(songs, play(1, outcome), liked, again)->ending;
  };
  EXPECT_EQ(ending(PlayOutcome::kFinished, false, false), Ending::kFinished);
  EXPECT_EQ(ending(PlayOutcome::kFinished, false, true), Ending::kReplayed);
  EXPECT_EQ(ending(PlayOutcome::kFinished, true, true), Ending::kLiked);
  EXPECT_EQ(ending(PlayOutcome::kNotNow, true, false), Ending::kNotNow);
  EXPECT_FALSE(hearing_of(songs, play(1, PlayOutcome::kStopped), true, false));
  EXPECT_FALSE(hearing_of(songs, play(2, PlayOutcome::kFinished), false, false)) << "no traits yet";
  EXPECT_FALSE(hearing_of(songs, play(9, PlayOutcome::kFinished), false, false)) << "not here";
}

// The failure: a play is stored and not learned from, or learned from twice.
TEST(Replay, GivesWhatLearningPlayByPlayGives) {
  const auto songs = Snapshot::build(spread_library(40, 5));
  std::vector<Play> plays;
  for (int i = 0; i < 60; ++i) {
    plays.push_back(play(i % 37 + 1, i % 3 == 0 ? PlayOutcome::kSkipped : PlayOutcome::kFinished,
                         std::chrono::minutes{i}));
  }
  bandit::Wishes by_hand;
  for (std::size_t i = 0; i < plays.size(); ++i) {
    const bool again = i >= 37 && plays[i - 37].outcome == PlayOutcome::kFinished;
    by_hand.learn(*hearing_of(songs, plays[i], plays[i].song == SongId{5}, again));
  }
  const std::vector<catalog::SongHistory> history{{SongId{5}, 1, 0, true, {}},
                                                  {SongId{6}, 1, 0, false, {}}};
  EXPECT_EQ(*replay(songs, {}, plays, history), by_hand);
}

TEST(Replay, StartsWhereItIsTold) {
  const auto songs = Snapshot::build({song(1, "a", 0.5, 0.5)});
  const std::vector<Play> plays{play(1, PlayOutcome::kSkipped),
                                play(1, PlayOutcome::kFinished, 10min)};
  EXPECT_EQ(replay(songs, {}, plays, {})->all_plays(), 2U);
  EXPECT_EQ(replay(songs, {kNoon + 5min, ""}, plays, {})->all_plays(), 1U);
  const auto known = *replay(songs, {}, plays, {});
  const auto on = replay(songs, {kNoon + 5min, bandit::encode(known)}, plays, {});
  EXPECT_EQ(on->all_plays(), 3U);
  EXPECT_EQ(replay(songs, {std::nullopt, "nonsense"}, plays, {}).error().kind, ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace harmonic::recommend
