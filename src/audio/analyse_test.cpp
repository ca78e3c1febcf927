#include "audio/analyse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include "audio/test_sound.h"

namespace harmonic::audio {
namespace {

test::Sound lively() {
  return test::mixed(test::cadence(60, true, 16.0), test::clicks(128.0, 16.0));
}

float feature(const Analysis& song, std::string_view name) {
  return song.features[feature_index(name)];
}

TEST(Analyse, SaysWhatTheSoundIs) {
  const auto song = analyse(test::wav(lively(), test::kRate, 2));
  ASSERT_TRUE(song) << song.error().message;
  EXPECT_EQ(song->container, "wav");
  EXPECT_EQ(song->duration.count(), 16000);
  ASSERT_TRUE(song->tempo);
  EXPECT_NEAR(song->tempo->bpm(), 128.0, 1.3);
  ASSERT_TRUE(song->key);
  EXPECT_EQ(name_of(*song->key), "C major");
  EXPECT_EQ(song->features.size(), feature_names().size());
  for (std::size_t i = 0; i < song->features.size(); ++i)
    EXPECT_TRUE(std::isfinite(song->features[i])) << feature_names()[i];
  EXPECT_FLOAT_EQ(feature(*song, "loudness_lufs"), song->loudness_lufs);
}

// The failure: sums in another order on another thread or run, and a "changed" library.
TEST(Analyse, IsTheSameInEveryRun) {
  const auto bytes = test::wav(lively());
  const auto first = analyse(bytes);
  const auto second = analyse(bytes);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->features, second->features);
}

TEST(Analyse, RefusesWhatHasNoSong) {
  struct Case {
    test::Sound sound;
    const char* reason;
  };
  for (const auto& [sound, reason] :
       {Case{test::sine(440.0, 0.5, 0.5), "too short"},
        Case{test::Sound(test::kRate * 4, 0.0F), "silence"},
        Case{test::sine(440.0, 0.0001, 4.0), "silence"}, Case{{}, "no sound"}}) {
    const auto song = analyse(test::wav(sound));
    ASSERT_FALSE(song) << reason;
    EXPECT_EQ(song.error().kind, ErrorKind::kInvalidInput);
    EXPECT_THAT(song.error().message, testing::HasSubstr(reason));
  }
}

TEST(Analyse, StopsWhenAsked) {
  std::stop_source source;
  source.request_stop();
  const auto song = analyse(test::wav(lively()), source.get_token());
  ASSERT_FALSE(song);
  EXPECT_EQ(song.error().kind, ErrorKind::kUnavailable);
}

// The failure: a renamed or inserted feature shifts every stored vector.
TEST(Features, NamesAreUniqueAndDocumented) {
  const auto& names = feature_names();
  EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size());
  std::ifstream file{std::string{HARMONIC_SOURCE_DIR} + "/docs/features.md"};
  std::stringstream text;
  text << file.rdbuf();
  for (const auto name : names) {
    EXPECT_THAT(text.str(), testing::HasSubstr("`" + std::string{name} + "`"))
        << "docs/features.md says nothing of it";
  }
}

}  // namespace
}  // namespace harmonic::audio
