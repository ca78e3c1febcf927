#include "classic/features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/dice.h"
#include "classic/geometry.h"

namespace harmonic::classic {
namespace {

image::Picture some_face(std::uint64_t seed) {
  Dice dice{seed};
  image::Picture face{48, 48, 1, std::vector<std::uint8_t>(2304)};
  for (auto& value : face.pixels) value = static_cast<std::uint8_t>(40 + dice.below(80));
  return face;
}

image::Picture changed(image::Picture face, const std::function<int(int)>& change) {
  for (auto& value : face.pixels) value = static_cast<std::uint8_t>(change(value));
  return face;
}

float largest_gap(const std::vector<float>& a, const std::vector<float>& b) {
  float most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

// Light and contrast of the camera must not be taken for expression: all four forget them, and none
// forgets who is looking.
TEST(Features, ForgetLightAndContrastButNotTheFace) {
  struct Case {
    const char* name;
    std::vector<float> (*function)(const image::Picture&);
    std::size_t size;
    float tolerance;
  };
  const Case table[] = {{"pixels", pixels_of, 2304, 1e-4F},
                        {"lbp", lbp_of, kLbpCells * kLbpBins, 0},
                        {"dct", dct_of, kDctCount, 1e-3F},
                        {"gabor", gabor_of, kGaborNodes * kGaborFilters, 1e-3F}};
  const auto face = some_face(1);
  const auto brighter = changed(face, [](int value) { return 2 * value + 10; });
  for (const auto& row : table) {
    const auto numbers = row.function(face);
    EXPECT_EQ(numbers.size(), row.size) << row.name;
    EXPECT_LE(largest_gap(numbers, row.function(brighter)), row.tolerance) << row.name;
    EXPECT_GT(largest_gap(numbers, row.function(some_face(2))), 0.1F) << row.name;
    const auto plain = row.function(changed(face, [](int) { return 77; }));
    EXPECT_TRUE(std::ranges::all_of(plain, [](float x) { return std::isfinite(x); })) << row.name;
  }
}

TEST(Lbp, ForgetsAnyRisingChangeAndEachCellIsAHistogram) {
  const auto face = some_face(3);
  const auto bent = changed(face, [](int value) { return value * value / 64; });
  // The square keeps the order only where values of 40 to 119 stay apart, which it does.
  EXPECT_EQ(lbp_of(face), lbp_of(bent));
  const auto roots = lbp_of(face);
  for (std::size_t cell = 0; cell < kLbpCells; ++cell) {
    float sum = 0;
    for (std::size_t bin = 0; bin < kLbpBins; ++bin) {
      sum += roots[cell * kLbpBins + bin] * roots[cell * kLbpBins + bin];
    }
    EXPECT_NEAR(sum, 1, 1e-4);
  }
}

// The filter whose wave runs across upright stripes of its own length must answer loudest.
TEST(Gabor, TheFilterThatFitsAnswersLoudest) {
  image::Picture stripes{48, 48, 1, std::vector<std::uint8_t>(2304)};
  for (std::size_t i = 0; i < 2304; ++i) {
    const double phase = 3.14159265 / 4 * static_cast<double>(i % 48);
    stripes.pixels[i] = static_cast<std::uint8_t>(128 + 100 * std::cos(phase));
  }
  const auto magnitudes = gabor_of(stripes);
  std::vector<float> loudness(kGaborFilters);
  for (std::size_t i = 0; i < magnitudes.size(); ++i) loudness[i / kGaborNodes] += magnitudes[i];
  // Frequencies pi/2, pi/4, pi/8 with six directions each, the first across.
  EXPECT_EQ(std::ranges::max_element(loudness) - loudness.begin(), 6);
}

TEST(Geometry, PointsMeasureTheSameWhereverTheFaceStands) {
  const face::KeyPoints points{{15, 19}, {33, 18}, {24, 28}, {25, 38}, {6, 22}, {42, 21}};
  const auto moved = [&](image::Point p) {
    return image::Point{3 * p.x - 2 * p.y + 100, 2 * p.x + 3 * p.y - 7};
  };
  const face::KeyPoints turned{moved(points.right_eye), moved(points.left_eye),
                               moved(points.nose),      moved(points.mouth),
                               moved(points.right_ear), moved(points.left_ear)};
  const auto here = measures_of(points), there = measures_of(turned);
  ASSERT_TRUE(here && there);
  EXPECT_EQ(here->size(), kPointMeasures);
  EXPECT_LT(largest_gap(*here, *there), 1e-4F);
  auto open = points;
  open.mouth.y += 4;
  EXPECT_GT(largest_gap(*here, *measures_of(open)), 0.1F);
  auto one_eyed = points;
  one_eyed.left_eye = one_eyed.right_eye;
  EXPECT_FALSE(measures_of(one_eyed));
}

// A dark mouth that moves down must move the mouth's numbers, and a plain face must give numbers.
TEST(Geometry, ShadesFollowTheMouth) {
  const face::KeyPoints points{{15.2F, 18.9F}, {32.8F, 18.9F}, {24, 28},
                               {24, 37},       {6, 22},        {42, 21}};
  const auto with_mouth_at = [](int row) {
    image::Picture face{48, 48, 1, std::vector<std::uint8_t>(2304, 150)};
    for (int column = 16; column < 32; ++column) {
      face.pixels[static_cast<std::size_t>(row * 48 + column)] = 10;
    }
    return face;
  };
  const auto high = shades_of(with_mouth_at(33), points),
             low = shades_of(with_mouth_at(41), points);
  ASSERT_EQ(high.size(), kShadeMeasures);
  const std::size_t middle_of_mouth = kShadeMeasures - 7;  // the third of five bands
  EXPECT_GT(low[middle_of_mouth], high[middle_of_mouth] + 0.1F);
  const auto plain = shades_of({48, 48, 1, std::vector<std::uint8_t>(2304, 90)}, points);
  EXPECT_TRUE(std::ranges::all_of(plain, [](float x) { return std::isfinite(x); }));
}

}  // namespace
}  // namespace harmonic::classic
