#include "affect/classifier.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <numeric>
#include <string>

#include "affect/circumplex.h"
#include "affect/manifest.h"

namespace harmonic::affect {
namespace {

const std::filesystem::path kShare{HARMONIC_SOURCE_DIR};

EmotionScores pure(Emotion emotion) {
  EmotionScores scores{};
  scores.at(static_cast<std::size_t>(emotion)) = 1.0F;
  return scores;
}

// Guards against scores that are no distribution, whatever is shown.
TEST(Classifier, ScoresOfAnyPictureSumToOne) {
  const auto classifier = Classifier::load_shipped(kShare);
  ASSERT_TRUE(classifier.has_value()) << classifier.error().message;
  for (const int side : {1, 48, 200}) {
    for (const int channels : {1, 3}) {
      image::Picture picture{side, side, channels, {}};
      const auto count = static_cast<std::size_t>(side * side * channels);
      for (std::size_t i = 0; i < count; ++i) {
        picture.pixels.push_back(static_cast<std::uint8_t>(i * 31 % 256));
      }
      const auto reading = classifier->classify(picture);
      ASSERT_TRUE(reading.has_value()) << reading.error().message;
      const auto& eight = reading->scores;
      const auto& seven = reading->fer2013;
      EXPECT_NEAR(std::accumulate(eight.begin(), eight.end(), 0.0F), 1.0F, 1e-5F);
      EXPECT_NEAR(std::accumulate(seven.begin(), seven.end(), 0.0F), 1.0F, 1e-5F);
    }
  }
  EXPECT_EQ(classifier->classify({}).error().kind, ErrorKind::kInvalidInput);
  EXPECT_LE(classifier->parameters(), 2'000'000);
}

TEST(Classifier, FlatScoresAreUnsure) {
  Reading reading;
  reading.scores.fill(0.125F);
  EXPECT_TRUE(reading.unsure());
  reading.scores = pure(Emotion::kSad);
  EXPECT_FALSE(reading.unsure());
}

struct BadManifest {
  const char* from;
  const char* to;
};

// Guards against a network whose labels stand in another order: every score would be another's.
TEST(Manifest, RefusesWhatThisProgramCannotRun) {
  const std::string good =
      R"({"file":"e.onnx","sha256":"00","input":{"name":"face","shape":[1,1,48,48],)"
      R"("preprocess":"standardise","epsilon":1.0},"outputs":[{"name":"fer2013","labels":)"
      R"(["angry","disgusted","afraid","happy","sad","surprised","neutral"]},{"name":"ferplus",)"
      R"("labels":["neutral","happy","surprised","sad","angry","disgusted","afraid",)"
      R"("contemptuous"]}],"parameters":9})";
  ASSERT_TRUE(parse_manifest(good).has_value()) << parse_manifest(good).error().message;
  const BadManifest table[] = {{"\"angry\",\"disgusted\",\"afraid\",\"happy\"",
                                "\"disgusted\",\"angry\",\"afraid\",\"happy\""},
                               {"e.onnx", "../e.onnx"},
                               {"48,48", "64,64"},
                               {"\"epsilon\":1.0", "\"epsilon\":0"},
                               {"standardise", "divide"},
                               {"\"sha256\":\"00\",", ""},
                               {"\"parameters\":9", "\"parameters\":\"nine\""},
                               {"{\"file\"", "{{\"file\""}};
  for (const auto& row : table) {
    std::string bad = good;
    bad.replace(bad.find(row.from), std::string{row.from}.size(), row.to);
    const auto manifest = parse_manifest(bad);
    ASSERT_FALSE(manifest.has_value()) << row.to;
    EXPECT_EQ(manifest.error().kind, ErrorKind::kCorrupt) << row.to;
  }
}

// Guards against an expression in the wrong quarter of the plane: sad songs for a smile.
TEST(Circumplex, ExpressionsStandInTheirQuarters) {
  EXPECT_GT(point_of(Emotion::kHappy).valence(), 0.5F);
  EXPECT_GT(point_of(Emotion::kHappy).arousal(), 0.0F);
  EXPECT_LT(point_of(Emotion::kSad).valence(), 0.0F);
  EXPECT_LT(point_of(Emotion::kSad).arousal(), 0.0F);
  EXPECT_GT(point_of(Emotion::kAngry).arousal(), 0.0F);
  EXPECT_LT(point_of(Emotion::kAfraid).valence(), 0.0F);
  EXPECT_EQ(point_of(Emotion::kNeutral), ValenceArousal{});
  for (std::size_t i = 0; i < kEmotionCount; ++i) {
    const auto emotion = static_cast<Emotion>(i);
    EXPECT_EQ(point_of(pure(emotion)), point_of(emotion));
  }
  EmotionScores half{};
  half.at(0) = half.at(1) = 0.5F;
  EXPECT_NEAR(point_of(half).valence(), point_of(Emotion::kHappy).valence() / 2, 1e-6F);
}

// By hand: sure of one is no spread; half happy and half neutral lies half of their distance off.
TEST(Circumplex, SpreadIsTheDistanceThatIsLeftOpen) {
  EXPECT_NEAR(spread_of(pure(Emotion::kAngry)), 0.0F, 1e-4F);
  EmotionScores half{};
  half.at(0) = half.at(1) = 0.5F;
  const auto happy = point_of(Emotion::kHappy);
  EXPECT_NEAR(spread_of(half), std::hypot(happy.valence(), happy.arousal()) / 2, 1e-4F);
}

}  // namespace
}  // namespace harmonic::affect
