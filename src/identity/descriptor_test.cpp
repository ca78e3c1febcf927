#include "identity/descriptor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "identity/drawn_people.h"
#include "identity/portrait.h"

namespace harmonic::identity {
namespace {

TEST(Descriptor, HistogramsSumToOne) {
  const auto histograms = pattern_histograms(drawn_portrait(1, 0), 1, 8, 8);
  ASSERT_EQ(histograms.size(), 64 * kPatternBins);
  for (std::size_t i = 0; i < 64; ++i) {
    const auto first = histograms.begin() + static_cast<std::ptrdiff_t>(i * kPatternBins);
    EXPECT_NEAR(std::accumulate(first, first + kPatternBins, 0.0F), 1, 1e-4F);
  }
}

// Neighbours are compared, so a lamp that shifts every grey level alike changes nothing.
TEST(Descriptor, BrightnessDoesNotMatter) {
  auto portrait = drawn_portrait(1, 0);
  for (auto& pixel : portrait.pixels) pixel = static_cast<std::uint8_t>(pixel / 2);
  auto brighter = portrait;
  for (auto& pixel : brighter.pixels) pixel = static_cast<std::uint8_t>(pixel + 100);
  EXPECT_EQ(describe(portrait), describe(brighter));
}

TEST(Descriptor, MirrorImagesAreEqual) {
  const auto portrait = drawn_portrait(3, 0);
  auto mirror = portrait;
  for (int y = 0; y < mirror.height; ++y) {
    const auto row = mirror.pixels.begin() + std::ptrdiff_t{y} * mirror.width;
    std::reverse(row, row + mirror.width);
  }
  const auto one = describe(portrait), other = describe(mirror);
  ASSERT_EQ(one.size(), kDescriptorLength);
  for (std::size_t i = 0; i < one.size(); ++i) ASSERT_NEAR(one[i], other[i], 1e-6F) << i;
}

TEST(Portrait, AWholePictureIsBroughtToSize) {
  const auto portrait = whole_portrait({92, 112, 3, std::vector<std::uint8_t>(92 * 112 * 3, 77)});
  EXPECT_EQ(portrait.width, kPortraitWidth);
  EXPECT_EQ(portrait.height, kPortraitHeight);
  EXPECT_EQ(portrait.channels, 1);
}

}  // namespace
}  // namespace harmonic::identity
