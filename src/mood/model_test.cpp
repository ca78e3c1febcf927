#include "mood/model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "audio/analyse.h"
#include "audio/features.h"
#include "audio/mel.h"
#include "audio/test_sound.h"
#include "mood/model_for_tests.h"

namespace harmonic::mood {
namespace {

std::vector<float> features_with(std::string_view name, float value) {
  std::vector<float> features(audio::feature_names().size(), 1.0F);
  features[audio::feature_index(name)] = value;
  return features;
}

TEST(Model, HearsWhatItsHeadsHear) {
  const auto model = test::small_model();
  const auto valence = [&](float major) {
    return model.mood_of(features_with("majorness", major)).point.valence();
  };
  EXPECT_LT(valence(-2.0F), valence(0.0F));
  EXPECT_LT(valence(0.0F), valence(2.0F));
  const auto fast = model.mood_of(features_with("onset_rate", 4.0F));
  EXPECT_GT(fast.point.arousal(), model.mood_of(features_with("onset_rate", 0.0F)).point.arousal());
}

TEST(Model, DoubtsWhereHeadsDisagree) {
  const auto model = test::small_model();
  const auto agreed = model.mood_of(features_with("onset_rate", 0.0F));
  const auto torn = model.mood_of(features_with("onset_rate", 4.0F));
  EXPECT_GE(agreed.arousal_doubt, 0.0F);
  EXPECT_NE(agreed.arousal_doubt, torn.arousal_doubt);
}

TEST(Model, StaysInThePlane) {
  for (const float extreme : {-1e9F, 0.0F, 1e9F}) {
    const std::vector<float> features(audio::feature_names().size(), extreme);
    const auto mood = test::small_model().mood_of(features);
    EXPECT_LE(std::abs(mood.point.valence()), 1.0F);
    EXPECT_LE(std::abs(mood.point.arousal()), 1.0F);
    EXPECT_TRUE(std::isfinite(mood.valence_doubt));
    for (const float share : mood.gems) EXPECT_TRUE(share >= 0.0F && share <= 1.0F);
  }
}

// The failure: a song turned up counts as excited.
TEST(Inputs, DoNotFollowTheVolume) {
  // What a gain of g does to the features that follow it.
  const float gain_db = 6.0F;
  const float gain = std::pow(10.0F, gain_db / 20.0F);
  std::vector<float> quiet(audio::feature_names().size(), 0.5F);
  auto loud = quiet;
  const auto at = [](std::vector<float>& features, std::string_view name) -> float& {
    return features[audio::feature_index(name)];
  };
  at(loud, "loudness_lufs") += gain_db;
  at(loud, "level_db_mean") += gain_db;
  at(loud, "mfcc_00_mean") += gain_db * std::sqrt(static_cast<float>(audio::kMelBands));
  for (const auto* name : {"excerpt_rms_mean", "excerpt_rms_sd"}) at(loud, name) *= gain;
  for (const auto* name : {"excerpt_mel_mean", "excerpt_mel_sd"}) at(loud, name) *= gain * gain;
  at(loud, "excerpt_mfcc_mean") += gain_db * std::sqrt(128.0F) / 20.0F;
  for (const auto view : {View::kSong, View::kExcerpt, View::kNotes}) {
    const auto before = inputs_of(view, quiet);
    const auto after = inputs_of(view, loud);
    ASSERT_EQ(before.size(), input_names(view).size());
    for (std::size_t i = 0; i < before.size(); ++i)
      EXPECT_NEAR(before[i], after[i], 1e-3F) << input_names(view)[i];
  }
}

TEST(ModelFile, ComesBackAsItWas) {
  const auto model = test::small_model();
  const auto bytes = encode_model(model);
  const auto back = decode_model(bytes);
  ASSERT_TRUE(back) << back.error().message;
  const auto features = features_with("majorness", 1.0F);
  EXPECT_EQ(back->mood_of(features).point, model.mood_of(features).point);
  EXPECT_EQ(encode_model(*back), bytes);
}

TEST(ModelFile, RefusesWhatIsNotWhole) {
  const auto bytes = encode_model(test::small_model());
  for (std::size_t length = 0; length < bytes.size(); length += 97)
    EXPECT_FALSE(decode_model(std::string_view{bytes}.substr(0, length))) << length;
  EXPECT_FALSE(decode_model(bytes + "x"));
  auto wrong = bytes;
  wrong[8] = '\x7f';
  EXPECT_FALSE(decode_model(wrong));
}

TEST(ModelFile, OfThisTreeLoads) {
  const auto model = load_shipped_model(HARMONIC_SOURCE_DIR);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->heads().size(), 3U);
}

/// The mood that ships, of a sound.
Mood heard(const audio::test::Sound& sound) {
  static const auto model = load_shipped_model(HARMONIC_SOURCE_DIR);
  const auto song = audio::analyse(audio::test::wav(sound));
  EXPECT_TRUE(model && song);
  return model->mood_of(song->features);
}

// What every listener would say of sounds that differ in one thing.
TEST(ShippedModel, HearsMajorAndHaste) {
  const auto base = audio::test::cadence(60, true, 12.0);
  EXPECT_GT(heard(base).point.valence(),
            heard(audio::test::cadence(60, false, 12.0)).point.valence());
  const auto with_clicks = [&](double bpm) {
    return heard(audio::test::mixed(base, audio::test::clicks(bpm, 12.0))).point.arousal();
  };
  EXPECT_GT(with_clicks(160), with_clicks(60));
}

// The failure: a quiet master of a song counts as a calm song.
TEST(ShippedModel, DoesNotFollowTheVolume) {
  // With a floor of noise, as every recording has one: digital silence stays silent.
  auto quiet = audio::test::cadence(60, true, 12.0);
  std::minstd_rand random{5};
  std::uniform_real_distribution<float> hiss{-0.02F, 0.02F};
  for (float& x : quiet) x += hiss(random);
  const auto before = heard(quiet).point;
  for (float& x : quiet) x *= 0.1F;
  EXPECT_LT(distance(before, heard(quiet).point), 0.1F);
}

TEST(ModelFile, SaysWhatIsMissing) {
  const auto model = load_model("/nowhere/manifest.json");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().kind, ErrorKind::kNotFound);
  EXPECT_NE(model.error().message.find("/nowhere/manifest.json"), std::string::npos);
}

}  // namespace
}  // namespace harmonic::mood
