// motion/face_for_tests.h - a drawn face with skin, for tests that have no photograph.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "face/detector.h"
#include "image/picture.h"
#include "motion/regions.h"

namespace harmonic::motion {

inline constexpr int kDrawnSide = 176;
/// Of the steady crop's corner in the drawn picture.
inline constexpr float kDrawnMargin = 24.0F;

/// Each pass smooths by a variance of half a pixel along both axes.
inline void smooth_drawn(std::vector<float>& grey, int passes) {
  const auto along = [&grey](std::ptrdiff_t step) {
    auto before = grey;
    for (std::ptrdiff_t i = step; i + step < std::ssize(grey); ++i) {
      const auto at = [&before](std::ptrdiff_t j) { return before[static_cast<std::size_t>(j)]; };
      grey[static_cast<std::size_t>(i)] = at(i - step) / 4 + at(i) / 2 + at(i + step) / 4;
    }
  };
  for (int pass = 0; pass < passes; ++pass) {
    along(1);
    along(kDrawnSide);
  }
}

inline void draw_ellipse(std::vector<float>& grey, image::Point middle, float width, float height,
                         float level) {
  for (int y = 0; y < kDrawnSide; ++y) {
    for (int x = 0; x < kDrawnSide; ++x) {
      const float dx = (static_cast<float>(x) - middle.x - kDrawnMargin) / width;
      const float dy = (static_cast<float>(y) - middle.y - kDrawnMargin) / height;
      if (dx * dx + dy * dy > 1) continue;
      grey[static_cast<std::size_t>(y) * kDrawnSide + static_cast<std::size_t>(x)] = level;
    }
  }
}

inline image::Picture drawn_face() {
  std::vector<float> skin(static_cast<std::size_t>(kDrawnSide) * kDrawnSide);
  std::mt19937 random{7};
  for (auto& pixel : skin) pixel = 150 + (static_cast<float>(random() % 3000) - 1500) / 10;
  smooth_drawn(skin, 8);
  for (const auto& eye : {kRightEyePlace, kLeftEyePlace}) {
    draw_ellipse(skin, eye, 10, 4, 210);
    draw_ellipse(skin, eye, 4, 4, 40);
    draw_ellipse(skin, {eye.x, eye.y - 14}, 12, 2, 60);
  }
  draw_ellipse(skin, {64, 78}, 7, 2, 90);
  draw_ellipse(skin, kMouthPlace, 17, 3, 80);
  draw_ellipse(skin, {64, 122}, 14, 2, 110);
  smooth_drawn(skin, 1);
  image::Picture picture{kDrawnSide, kDrawnSide, 1, {}};
  for (const float pixel : skin) {
    picture.pixels.push_back(
        static_cast<std::uint8_t>(std::lround(std::clamp(pixel, 0.0F, 255.0F))));
  }
  return picture;
}

inline face::Detection drawn_detection() {
  const auto at = [](const image::Point& place) {
    return image::Point{place.x + kDrawnMargin, place.y + kDrawnMargin};
  };
  face::Detection face;
  face.box = {kDrawnMargin, kDrawnMargin, kCropSide, kCropSide};
  face.confidence = 1;
  face.points = face::KeyPoints{at(kRightEyePlace), at(kLeftEyePlace), at({64, 70}),
                                at(kMouthPlace),    at({15, 55}),      at({113, 55})};
  return face;
}

}  // namespace harmonic::motion
