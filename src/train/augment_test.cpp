#include "train/augment.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "evaluate/fer2013.h"
#include "train/feed.h"
#include "train/schedule.h"

namespace harmonic::train {
namespace {

using evaluate::kFacePixels;

const Teaching kUntaught;

std::vector<std::uint8_t> gradient() {
  std::vector<std::uint8_t> face(kFacePixels);
  for (std::size_t i = 0; i < face.size(); ++i) face[i] = static_cast<std::uint8_t>(i % 48 * 5);
  return face;
}

evaluate::LabelledFaces labelled(std::size_t count) {
  evaluate::LabelledFaces faces;
  for (std::size_t i = 0; i < count; ++i) {
    const auto face = gradient();
    faces.images.insert(faces.images.end(), face.begin(), face.end());
    faces.labels.push_back(static_cast<std::uint8_t>(i % 7));
    faces.votes.push_back({{10, 0, 0, 0, 0, 0, 0, 0}, 0, 0});
  }
  return faces;
}

TEST(Standardise, HasNoMeanAndUnitDeviation) {
  std::array<float, 4> pixels{1, 3, 5, 7};  // mean 4, deviation sqrt(5)
  standardise(pixels);
  EXPECT_NEAR(pixels[0], -3 / std::sqrt(5.0), 1e-6);
  EXPECT_NEAR(pixels[3], 3 / std::sqrt(5.0), 1e-6);
}

// A covered camera: dividing by no deviation would feed the network infinities.
TEST(Standardise, ABlankPictureIsZero) {
  std::array<float, 16> pixels{};
  pixels.fill(200);
  standardise(pixels);
  for (const float p : pixels) EXPECT_FLOAT_EQ(p, 0);
}

TEST(Distort, StaysFiniteAndStandardisedAndDiffersFromDrawToDraw) {
  const auto face = gradient();
  std::vector<float> before(kFacePixels), now(kFacePixels);
  for (std::uint64_t row = 0; row < 500; ++row) {
    Dice dice{1, 2, row};
    distort(face, dice, {.hard = 0.5F}, now);
    const double mean = std::accumulate(now.begin(), now.end(), 0.0) / kFacePixels;
    ASSERT_NEAR(mean, 0, 1e-3) << row;
    ASSERT_TRUE(std::isfinite(now[0] * now[kFacePixels - 1]));
    EXPECT_NE(now, before) << row;
    before = now;
  }
}

// A resumed run, or another number of workers, must see the very same pictures.
TEST(Feed, IsTheSameForAnyNumberOfWorkers) {
  const auto faces = labelled(70);
  std::vector<Batch> first;
  for (const int workers : {1, 3}) {
    Feed feed{faces, kUntaught, {16, 5, 2, {}}, workers};
    ASSERT_EQ(feed.batch_count(), 4U);
    std::size_t i = 0;
    while (const auto batch = feed.next()) {
      EXPECT_EQ(batch->size(), 16U);
      EXPECT_EQ(batch->images.size(), 16 * kFacePixels);
      if (workers == 1) {
        first.push_back(*batch);
      } else {
        EXPECT_EQ(batch->images, first.at(i).images) << "batch " << i;
      }
      ++i;
    }
    EXPECT_EQ(i, 4U);
  }
}

TEST(Feed, CanBeLeftEarly) {
  const auto faces = labelled(70);
  Feed feed{faces, kUntaught, {16, 5, 2, {}}, 2};
  EXPECT_TRUE(feed.next());
}

TEST(Feed, ShufflesAnewEachEpochAndLeavesOutWhatTeachesNothing) {
  auto faces = labelled(40);
  faces.votes[7] = {{}, 0, 10};
  const auto one = shuffled_rows(faces, 1, 1);
  const auto two = shuffled_rows(faces, 1, 2);
  EXPECT_EQ(one.size(), 39U);
  EXPECT_NE(one, two);
  EXPECT_EQ(one, shuffled_rows(faces, 1, 1));
  auto sorted = one;
  std::ranges::sort(sorted);
  EXPECT_EQ(std::ranges::adjacent_find(sorted), sorted.end()) << "a row came twice";
  EXPECT_EQ(std::ranges::find(one, 7U), one.end());
}

TEST(Schedule, RisesThenFallsToNothing) {
  EXPECT_DOUBLE_EQ(rate_at(0, 100, 10, 0.5), 0.05);
  EXPECT_DOUBLE_EQ(rate_at(9, 100, 10, 0.5), 0.5);
  EXPECT_DOUBLE_EQ(rate_at(10, 100, 10, 0.5), 0.5);
  EXPECT_NEAR(rate_at(55, 100, 10, 0.5), 0.25, 1e-12);
  EXPECT_NEAR(rate_at(100, 100, 10, 0.5), 0, 1e-12);
}

}  // namespace
}  // namespace harmonic::train
