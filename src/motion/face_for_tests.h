// motion/face_for_tests.h - a drawn face with skin, for tests that have no photograph.
#pragma once

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "face/detector.h"
#include "image/picture.h"
#include "image/view.h"
#include "motion/regions.h"

namespace harmonic::motion {

inline constexpr int kDrawnSide = 176;
/// Of the steady crop's corner in the drawn picture.
inline constexpr float kDrawnMargin = 24.0F;

inline image::Picture drawn_face() {
  cv::Mat_<float> skin(kDrawnSide, kDrawnSide);
  cv::RNG random{7};
  random.fill(skin, cv::RNG::NORMAL, 0.0, 90.0);
  cv::GaussianBlur(skin, skin, {}, 2.0);
  skin += 150.0F;
  const auto ellipse = [&](float x, float y, int width, int height, double grey) {
    cv::ellipse(skin, cv::Point2f{x + kDrawnMargin, y + kDrawnMargin}, cv::Size(width, height), 0,
                0, 360, cv::Scalar(grey), cv::FILLED, cv::LINE_8);
  };
  for (const auto& eye : {kRightEyePlace, kLeftEyePlace}) {
    ellipse(eye.x, eye.y, 10, 4, 210);
    ellipse(eye.x, eye.y, 4, 4, 40);
    ellipse(eye.x, eye.y - 14, 12, 2, 60);
  }
  ellipse(64, 78, 7, 2, 90);
  ellipse(kMouthPlace.x, kMouthPlace.y, 17, 3, 80);
  ellipse(64, 122, 14, 2, 110);
  cv::GaussianBlur(skin, skin, {}, 0.8);
  image::Picture picture{kDrawnSide, kDrawnSide, 1, {}};
  picture.pixels.resize(static_cast<std::size_t>(kDrawnSide) * kDrawnSide);
  skin.convertTo(image::view<cv::Mat>(picture), CV_8U);
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
