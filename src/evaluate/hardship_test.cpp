#include "evaluate/hardship.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <set>

#include "base/test_folder.h"
#include "evaluate/archive_for_tests.h"
#include "evaluate/faces.h"

namespace harmonic::evaluate {
namespace {

image::Picture plain(std::uint8_t level) {
  return {kFaceSide, kFaceSide, 1, std::vector<std::uint8_t>(kFacePixels, level)};
}

/// Vertical lines one pixel wide: the finest there is.
image::Picture lines() {
  auto face = plain(0);
  for (std::size_t i = 0; i < kFacePixels; i += 2) face.pixels[i] = 200;
  return face;
}

double mean(const image::Picture& face) {
  return std::accumulate(face.pixels.begin(), face.pixels.end(), 0.0) / kFacePixels;
}

double deviation(const image::Picture& face) {
  double squares = 0;
  for (const auto pixel : face.pixels) squares += std::pow(pixel - mean(face), 2);
  return std::sqrt(squares / kFacePixels);
}

// Two stops are a quarter of the light: 200 (1/4)^(1/2.2) = 106.5. Noise by hand for 200: 2000
// (200/255)^2.2 / 4 = 293 electrons, deviation sqrt(293 + 16) = 17.6, that is 6 % of the light and
// 2.7 % of the level, 2.9.
TEST(Hardship, ExposureFollowsTheLightAndItsNoise) {
  Dice dice{1};
  const auto dark = exposed(plain(200), -2, dice);
  EXPECT_NEAR(mean(dark), 106.5, 0.5);
  EXPECT_NEAR(deviation(dark), 2.9, 0.3);
  EXPECT_EQ(mean(exposed(plain(255), 3, dice)), 255) << "white stays white";
}

TEST(Hardship, SmallAndBlurredPicturesLoseLines) {
  EXPECT_LT(deviation(shrunk(lines(), 24)), 1);
  EXPECT_LT(deviation(blurred(lines(), 1.5F)), 15) << "only the repeated edges keep a line";
  EXPECT_NEAR(mean(blurred(lines(), 1.5F)), 100, 1.5) << "no light is lost";
  EXPECT_EQ(blurred(plain(77), 2).pixels, plain(77).pixels) << "edges neither darken nor brighten";
}

// By hand: .299 min(255, 320) + .587 200 + .114 100 = 205.
TEST(Hardship, ACastIsCutOffAtWhiteBeforeItIsGrey) {
  EXPECT_EQ(cast(plain(200), {1.6F, 1, 0.5F}).pixels.front(), 205);
}

TEST(Hardship, AQuarterTurnTurnsLinesAndFourBringThemBack) {
  auto face = plain(0);
  face.pixels[10] = 255;  // row 0, column 10
  const auto quarter = turned(face, 90);
  EXPECT_GT(quarter.pixels[std::size_t{10} * kFaceSide + 47], 200);
}

TEST(Hardship, ACoverHidesItsBoxAndNothingElse) {
  const auto face = covered(plain(9), kMouth, 128);
  EXPECT_EQ(std::count(face.pixels.begin(), face.pixels.end(), 128), 24 * 13);
  EXPECT_EQ(face.pixels[std::size_t{31} * kFaceSide + 12], 128);
  EXPECT_EQ(covered(plain(9), {40, 40, 99, 99}, 128).pixels.size(), kFacePixels);
}

TEST(Hardship, EachOfTheSuiteChangesAFaceAndIsTheSameTwice) {
  std::set<std::string_view> names;
  for (const auto& hardship : hardships()) {
    EXPECT_TRUE(names.insert(hardship.name).second) << hardship.name;
    auto face = lines();
    for (std::size_t i = 0; i < kFacePixels; ++i)
      face.pixels[i] += static_cast<std::uint8_t>(i % 48);
    Dice one{kHardshipSeed};
    Dice two{kHardshipSeed};
    const auto first = hardship.apply(face, one);
    EXPECT_EQ(first.pixels.size(), kFacePixels) << hardship.name;
    EXPECT_NE(first.pixels, face.pixels) << hardship.name;
    EXPECT_EQ(first.pixels, hardship.apply(face, two).pixels) << hardship.name;
  }
}

TEST(Hardship, TheSuiteScoresEveryFaceUnderEach) {
  const TestFolder folder;
  write_archive(folder.path(), 14);
  std::size_t seen = 0;
  const Reader sure = [&seen](const image::Picture&) -> Result<affect::Reading> {
    ++seen;
    affect::Reading reading;
    reading.fer2013.at(3) = 1;
    return reading;
  };
  const auto all = evaluate_hardships(sure, folder.path(), Split::kPrivateTest, [](auto, auto) {});
  ASSERT_TRUE(all) << all.error().message;
  ASSERT_EQ(all->size(), hardships().size());
  EXPECT_EQ(seen, 14 * hardships().size());
  EXPECT_DOUBLE_EQ(all->front().scores.accuracy, 2.0 / 14) << "every seventh face is happy";
}

TEST(Readers, SeveralAreTheirMean) {
  const auto manifest =
      std::filesystem::path{HARMONIC_SOURCE_DIR} / "models/expression/manifest.json";
  const auto one = affect::Classifier::load(manifest);
  ASSERT_TRUE(one) << one.error().message;
  const auto alone = reader_of({*one})(lines());
  const auto twice = reader_of({*one, *one})(lines());
  ASSERT_TRUE(alone && twice);
  for (std::size_t i = 0; i < affect::kEmotionCount; ++i) {
    EXPECT_NEAR(alone->scores.at(i), twice->scores.at(i), 1e-6);
  }
  EXPECT_NEAR(alone->point.valence(), twice->point.valence(), 1e-6);
}

}  // namespace
}  // namespace harmonic::evaluate
