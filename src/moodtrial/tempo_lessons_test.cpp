#include "moodtrial/tempo_lessons.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "audio/beat.h"
#include "audio/rhythm.h"
#include "base/test_folder.h"

namespace harmonic::moodtrial {
namespace {

constexpr double kPerSecond = 43.07;

/// Rises of one strength `per_beat` times in each beat of `bpm`, for a minute; those on the beat
/// are in the bass as well.
audio::Repetition beats(double bpm, int per_beat) {
  std::vector<float> all(static_cast<std::size_t>(60.0 * kPerSecond), 0.0F);
  auto bass = all;
  const double apart = 60.0 * kPerSecond / bpm / per_beat;
  for (int i = 0; i * apart < static_cast<double>(all.size()) - 2.0; ++i) {
    const auto at = static_cast<std::size_t>(std::lround(i * apart)) + 1;
    all[at] = 6.0F;
    if (i % per_beat == 0) bass[at] = 6.0F;
  }
  return audio::repetition_of({all, bass, all}, kPerSecond, bpm * per_beat / 60.0);
}

/// The beat is where the bass is, whatever the other onsets do.
std::vector<TempoLesson> bass_lessons() {
  std::vector<TempoLesson> lessons;
  for (const double bpm : {70.0, 82.0, 96.0, 112.0, 131.0, 153.0}) {
    for (const int per_beat : {1, 2, 3})
      lessons.push_back({beats(bpm, per_beat), bpm, std::to_string(bpm)});
  }
  return lessons;
}

// The point of teaching: of tempi that repeat alike the one is told whose like was written.
TEST(TempoLessons, WhatWasWrittenIsLearned) {
  const auto lessons = bass_lessons();
  const auto weights = teach_tempo(lessons);
  EXPECT_EQ(judge_tempo(lessons, weights).exact.value(), 1.0);
  for (const int per_beat : {1, 2, 3}) {
    const auto inputs = audio::tempo_inputs(beats(104.0, per_beat));
    EXPECT_NEAR(audio::bpm_at(audio::likeliest_tempo(inputs, weights)), 104.0, 4.0) << per_beat;
  }
}

// Wrong answers must teach wrongly, or the figures would hold whatever was taught.
TEST(TempoLessons, HalfTheTempoTeachesHalfTheTempo) {
  auto lessons = bass_lessons();
  std::erase_if(lessons, [](const auto& lesson) { return lesson.bpm < 100.0; });
  const auto right = teach_tempo(lessons);
  for (auto& lesson : lessons) lesson.bpm /= 2.0;
  EXPECT_LT(judge_tempo(lessons, right).exact.value(), 0.2);
  EXPECT_GT(judge_tempo(lessons, teach_tempo(lessons)).exact.value(), 0.8);
}

TEST(TempoLessons, FoldsAskEachLessonOnce) {
  const auto lessons = bass_lessons();
  const auto shares = judge_in_folds(lessons, {}, 3, 1);
  EXPECT_EQ(shares.exact.all, lessons.size() * 3);
  EXPECT_GE(shares.octave.hits, shares.exact.hits);
}

TEST(TempoLessons, WeightsAreWrittenAsTheyAre) {
  TempoWeights weights{};
  weights.front() = -1.5;
  weights.back() = 0.25;
  const auto text = as_header(weights);
  EXPECT_NE(text.find("kBeatWeights{\n    -1.5000, 0.0000"), std::string::npos) << text;
  EXPECT_NE(text.find("0.2500};"), std::string::npos) << text;
}

TEST(TempoShares, OctavesCountAsEqualAndThreeHalvesDoNot) {
  TempoShares shares;
  for (const double said : {120.0, 124.0, 60.0, 240.0, 40.0, 180.0, 0.0}) shares.add(said, 120.0);
  EXPECT_EQ(shares.exact.hits, 2U);
  EXPECT_EQ(shares.octave.hits, 5U);
  EXPECT_EQ(shares.octave.all, 7U);
}

TEST(Games, WholeGamesAreKeptToJudge) {
  EXPECT_FALSE(may_teach("x/Mana_SNES_Secret of Mana_The Holy Intruder.mid"));
  EXPECT_TRUE(may_teach("x/Final Fantasy_PS1_Final Fantasy VII_Battle Theme.mid"));
  EXPECT_EQ(game_of("Mana_SNES_Secret of Mana_A.mid"), game_of("Mana_SNES_Other_B.mid"));
  EXPECT_NE(game_of("Other_PC_The Sims_A.mid"), game_of("Other_NES_Ghosts_A.mid"));
}

TEST(TempoLessons, AFolderWithoutMidiIsNamed) {
  const TestFolder folder;
  const auto& empty = folder.path();
  Sources sources{empty, empty, {"/usr/share/sounds/sf2/TimGM6mb.sf2"}, {}, 1};
  const auto heard = hear_tempo_lessons(sources, {});
  ASSERT_FALSE(heard);
  EXPECT_NE(heard.error().message.find(empty.string()), std::string::npos);
}

}  // namespace
}  // namespace harmonic::moodtrial
