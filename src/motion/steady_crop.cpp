#include "motion/steady_crop.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "face/align.h"

namespace harmonic::motion {
namespace {

constexpr Seconds kInertia{0.5};
constexpr Seconds kForgotten{1.0};
constexpr double kFar = 0.2 * kCropSide;

/// How far apart two places put a corner of the crop, at most, in pixels of the crop.
double apart(const image::Similarity& one, const image::Similarity& other) {
  constexpr float kSide = kCropSide;
  double most = 0;
  for (const auto corner : {image::Point{0, 0}, image::Point{kSide, 0}, image::Point{0, kSide},
                            image::Point{kSide, kSide}}) {
    const auto p = one.apply(corner);
    const auto q = other.apply(corner);
    most = std::max<double>(most, std::hypot(p.x - q.x, p.y - q.y));
  }
  return most / std::max(1e-6F, std::hypot(other.a, other.b));
}

}  // namespace

image::Similarity crop_place(const face::Detection& face) {
  if (face.points) {
    const std::array places{kRightEyePlace, kLeftEyePlace, kMouthPlace};
    const std::array points{face.points->right_eye, face.points->left_eye, face.points->mouth};
    return image::fit_similarity(places, points);
  }
  // The box in the crop, brought over from the frame of FER2013 by the distance between the eyes.
  const auto& frame = face::kFer2013Frame;
  const float scale = (kLeftEyePlace.x - kRightEyePlace.x) / (frame.left_eye.x - frame.right_eye.x);
  const float side = face::kFer2013BoxSide * scale;
  const float middle = kRightEyePlace.y + (face::kFer2013BoxMiddle - frame.right_eye.y) * scale;
  const float pixels = face.box.width / side;
  return {pixels, 0, face.box.x + face.box.width / 2 - pixels * kCropSide / 2,
          face.box.y + face.box.height / 2 - pixels * middle};
}

Cut SteadyCrop::cut(Seconds at, const image::Picture& frame, const face::Detection& face) {
  const auto wanted = crop_place(face);
  const bool fresh = !place_ || at - last_ > kForgotten || apart(*place_, wanted) > kFar;
  if (fresh) {
    place_ = wanted;
  } else {
    const auto share = static_cast<float>(1.0 - std::exp(-std::max(0.0, (at - last_) / kInertia)));
    const auto towards = [share](float& value, float goal) { value += share * (goal - value); };
    towards(place_->a, wanted.a);
    towards(place_->b, wanted.b);
    towards(place_->tx, wanted.tx);
    towards(place_->ty, wanted.ty);
  }
  last_ = at;
  return {image::warp(image::grey(frame), image::inverse(*place_), kCropSide, kCropSide), fresh};
}

}  // namespace harmonic::motion
