#include "image/transform.h"

#include <gtest/gtest.h>

#include <array>

#include "image/draw.h"

namespace harmonic::image {
namespace {

// Guards against a fit that mirrors, or turns the wrong way: a known motion must be found again.
TEST(Similarity, FindsTheMotionThatWasApplied) {
  const std::array<Point, 3> from{{{1, 2}, {5, 1}, {3, 7}}};
  const Similarity table[] = {{1, 0, 0, 0}, {2, 0, 3, -4}, {0, 1, 0, 0}, {0.6F, -0.8F, 10, 20}};
  for (const auto& motion : table) {
    std::array<Point, 3> to{};
    for (std::size_t i = 0; i < 3; ++i) to.at(i) = motion.apply(from.at(i));
    const auto fit = fit_similarity(from, to);
    EXPECT_NEAR(fit.a, motion.a, 1e-4);
    EXPECT_NEAR(fit.b, motion.b, 1e-4);
    EXPECT_NEAR(fit.tx, motion.tx, 1e-3);
    EXPECT_NEAR(fit.ty, motion.ty, 1e-3);
  }
}

// Guards against a division by zero when a finder puts all points into one place.
TEST(Similarity, ShiftsWhenAllPointsAreOne) {
  const std::array<Point, 2> from{{{4, 4}, {4, 4}}};
  const std::array<Point, 2> to{{{1, 0}, {3, 0}}};
  const auto moved = fit_similarity(from, to).apply({4, 4});
  EXPECT_NEAR(moved.x, 2, 1e-5);
  EXPECT_NEAR(moved.y, 0, 1e-5);
}

// Guards against half a pixel of drift: shrinking to half must average whole pairs.
TEST(Similarity, IsUndoneByItsInverse) {
  const Similarity there{0.8F, -0.6F, 12, -3};
  const auto back = inverse(there).apply(there.apply({5, 7}));
  EXPECT_NEAR(back.x, 5, 1e-4);
  EXPECT_NEAR(back.y, 7, 1e-4);
}

TEST(Warp, AgreesWithResizeAboutWherePixelsAre) {
  Picture picture{4, 4, 1, {}};
  for (int i = 0; i < 16; ++i) picture.pixels.push_back(static_cast<std::uint8_t>(i % 4 * 40));
  const Picture half = warp(picture, {0.5F, 0, 0, 0}, 2, 2);
  EXPECT_EQ(half.pixels, (std::vector<std::uint8_t>{20, 100, 20, 100}));
  EXPECT_EQ(warp(picture, {}, 4, 4).pixels, picture.pixels);
}

struct Cut {
  Box box;
  int width, height;
};

TEST(Crop, KeepsWhatLiesInside) {
  const Picture picture = canvas(10, 8, kWhite);
  const Cut table[] = {{{2, 2, 4, 3}, 4, 3},
                       {{-5, -5, 7, 7}, 2, 2},
                       {{8, 6, 50, 50}, 2, 2},
                       {{20, 20, 5, 5}, 0, 0},
                       {{3, 3, -2, -2}, 0, 0}};
  for (const auto& row : table) {
    const Picture part = crop(picture, row.box);
    EXPECT_EQ(part.width, row.width);
    EXPECT_EQ(part.height, row.height);
    EXPECT_EQ(part.empty(), row.width == 0);
  }
}

TEST(Grey, WeighsColoursByBt601) {
  EXPECT_NEAR(grey(canvas(1, 1, {255, 0, 0})).pixels[0], 76, 1);
  EXPECT_NEAR(grey(canvas(1, 1, {0, 255, 0})).pixels[0], 150, 1);
  EXPECT_NEAR(grey(canvas(1, 1, {0, 0, 255})).pixels[0], 29, 1);
  EXPECT_EQ(colour(grey(canvas(2, 1, {9, 9, 9}))).pixels, canvas(2, 1, {9, 9, 9}).pixels);
}

// Guards against drawing outside the picture's memory; the sanitizers watch.
TEST(Draw, WhatFallsOutsideIsLeftOut) {
  Picture picture = canvas(20, 10, kBlack);
  draw_box(picture, {-1e9F, -5, 1e30F, 500}, kWhite, 3);
  fill_box(picture, {15, 5, 100, 100}, {255, 0, 0});
  draw_text(picture, {-50, 500}, "caf\xC3\xA9", kWhite);
  const std::array<Point, 2> line{{{-100, -100}, {1e7F, 40}}};
  draw_polyline(picture, line, kWhite);
  const std::array<Bar, 2> bars{{{"a", 2.0F}, {"b", -1.0F}}};
  draw_bars(picture, {-5, 2, 40, 30}, bars, kWhite);
  EXPECT_EQ(picture.pixels.size(), 600U);
}

TEST(Draw, OpacityMixes) {
  Picture picture = canvas(4, 4, {100, 100, 100});
  fill_box(picture, {0, 0, 2, 4}, {200, 0, 100}, 0.5F);
  EXPECT_NEAR(picture.pixels[0], 150, 1);
  EXPECT_NEAR(picture.pixels[1], 50, 1);
  EXPECT_EQ(picture.pixels[9], 100);
}

}  // namespace
}  // namespace harmonic::image
