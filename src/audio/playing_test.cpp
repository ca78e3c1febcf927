#include "audio/playing.h"

#include <gtest/gtest.h>

#include "audio/decode.h"
#include "audio/test_sound.h"

namespace harmonic::audio {
namespace {

constexpr int kRate = kFeatureRate;

/// Strings that are struck `per_second` times, each time the next of `chords` (MIDI numbers), over
/// a floor of noise, as every recording has one.
test::Sound struck(const std::vector<std::vector<int>>& chords, double per_second, double seconds) {
  test::Sound sound(test::samples(seconds, kRate), 0.0F);
  const auto add = [&](std::size_t from, int note) {
    const double hz = 440.0 * std::exp2((note - 69) / 12.0);
    const auto to = std::min(sound.size(), from + test::samples(1.5, kRate));
    for (std::size_t i = from; i < to; ++i) {
      const double t = static_cast<double>(i - from) / kRate;
      const double fade = (1.0 - std::exp(-400.0 * t)) * std::exp(-3.0 * t);
      for (int h = 1; h <= 5; ++h)
        sound[i] += static_cast<float>(0.1 / (h * h) * fade *
                                       std::sin(2.0 * std::numbers::pi * hz * h * t));
    }
  };
  for (int n = 0; n / per_second < seconds; ++n) {
    for (const int note : chords[static_cast<std::size_t>(n) % chords.size()])
      add(test::samples(n / per_second, kRate), note);
  }
  std::minstd_rand random{5};
  std::uniform_real_distribution<float> hiss{-1e-4F, 1e-4F};
  for (float& x : sound) x += hiss(random);
  return sound;
}

Playing heard(const test::Sound& sound) {
  PlayingMeter meter;
  // In blocks of a size that no frame has.
  for (std::size_t at = 0; at < sound.size(); at += 777)
    meter.push(std::span{sound}.subspan(at, std::min<std::size_t>(777, sound.size() - at)));
  return meter.finish();
}

const std::vector<std::vector<int>> kScale{{60}, {62}, {64}, {65}, {67}, {69}, {71}, {72}};

TEST(Playing, CountsTheNotesThatBegin) {
  EXPECT_NEAR(heard(struck(kScale, 2.0, 8.0)).notes_log2, 1.0, 0.5);
  EXPECT_NEAR(heard(struck(kScale, 4.0, 8.0)).notes_log2, 2.0, 0.5);
}

// The failure: overtones of one note pass for further notes, or further notes for its overtones.
TEST(Playing, TellsChordsFromSingleNotes) {
  const auto single = heard(struck(kScale, 2.0, 8.0));
  const auto chords = heard(struck({{48, 64, 67}, {53, 65, 69}, {55, 62, 71}}, 2.0, 8.0));
  EXPECT_NEAR(single.together_log2, 0.0, 0.35);
  EXPECT_GT(chords.together_log2, single.together_log2 + 0.4);
  EXPECT_GT(chords.notes_log2, single.notes_log2 + 0.8);  // three times as many: 1.6
  EXPECT_GT(chords.sounding.mean(), 1.7 * single.sounding.mean());
}

TEST(Playing, HearsWhereTheNotesLie) {
  const auto middle = heard(struck(kScale, 3.0, 8.0));
  EXPECT_NEAR(middle.pitch_mean, 66.25, 1.5);
  EXPECT_NEAR(middle.pitch_low, 60.0, 2.0);
  EXPECT_NEAR(middle.pitch_high, 72.0, 2.0);
  auto lower = kScale;
  for (auto& chord : lower) chord.front() -= 24;
  const auto low = heard(struck(lower, 3.0, 8.0));
  EXPECT_NEAR(low.pitch_mean, 42.25, 3.0);
  EXPECT_GT(low.bass_share, 0.7);
  EXPECT_LT(middle.bass_share, 0.1);
}

TEST(Playing, HearsHowEvenlyItIsPlayed) {
  const auto even = struck(kScale, 4.0, 10.0);
  const auto pause = test::Sound(test::samples(10.0, kRate), 0.0F);
  EXPECT_GT(heard(test::joined(even, pause)).unevenness, 2.0 * heard(even).unevenness);
}

// The failure: a song turned down loses notes.
TEST(Playing, DoesNotFollowTheVolume) {
  auto sound = struck(kScale, 3.0, 8.0);
  const auto loud = heard(sound);
  for (float& x : sound) x *= 0.1F;
  const auto soft = heard(sound);
  EXPECT_NEAR(soft.notes_log2, loud.notes_log2, 0.02);
  EXPECT_NEAR(soft.level_deviation, loud.level_deviation, 0.1);
  EXPECT_NEAR(soft.pitch_mean, loud.pitch_mean, 0.05);
}

TEST(Playing, OfSilenceAndOfALineThereIsNone) {
  EXPECT_EQ(heard(test::Sound(test::samples(3.0, kRate), 0.0F)).notes_log2, 0.0);
  EXPECT_EQ(heard({}).notes_log2, 0.0);
  EXPECT_EQ(heard(test::sine(440.0, 0.5, 0.1, kRate)).notes_log2, 0.0);  // shorter than a row
}

}  // namespace
}  // namespace harmonic::audio
