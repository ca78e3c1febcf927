#include "face/align.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "image/transform.h"

namespace harmonic::face {

namespace {

using image::Picture;
using image::Similarity;

constexpr auto kSide = static_cast<float>(kAlignedSide);
constexpr float kRim = 4;  // pixels of the frame that smoothing may read beyond it
constexpr float kLeastScale = 1e-3F;

/// Where in the picture lies what comes into the frame, and its rim.
image::Box needed(const Similarity& fit) {
  const auto back = image::inverse(fit);
  const std::array corners{back.apply({-kRim, -kRim}), back.apply({kSide + kRim, -kRim}),
                           back.apply({-kRim, kSide + kRim}),
                           back.apply({kSide + kRim, kSide + kRim})};
  const auto [left, right] = std::ranges::minmax(corners, {}, &image::Point::x);
  const auto [top, bottom] = std::ranges::minmax(corners, {}, &image::Point::y);
  const image::Point from{std::floor(left.x), std::floor(top.y)};
  return {from.x, from.y, std::ceil(right.x) - from.x, std::ceil(bottom.y) - from.y};
}

/// Looks at no more of the picture than comes into the frame, where anything does.
Picture in_frame(const Picture& picture, Similarity fit) {
  Picture part;
  if (std::hypot(fit.a, fit.b) >= kLeastScale) {
    const auto box = needed(fit);
    part = image::crop(picture, box);
    const auto corner = fit.apply({std::max(0.0F, box.x), std::max(0.0F, box.y)});
    if (!part.empty()) fit = {fit.a, fit.b, corner.x, corner.y};
  }
  return image::warp(image::grey(part.empty() ? picture : part), fit, kAlignedSide, kAlignedSide);
}

}  // namespace

image::Similarity fit_of(const Detection& face) {
  if (face.points) {
    const auto& points = *face.points;
    const std::array from{points.right_eye, points.left_eye, points.mouth};
    const std::array to{kFer2013Frame.right_eye, kFer2013Frame.left_eye, kFer2013Frame.mouth};
    return image::fit_similarity(from, to);
  }
  const float scale = kFer2013BoxSide / ((face.box.width + face.box.height) / 2);
  const image::Point middle{face.box.x + face.box.width / 2, face.box.y + face.box.height / 2};
  return {scale, 0, kSide / 2 - scale * middle.x, kFer2013BoxMiddle - scale * middle.y};
}

image::Picture align(const image::Picture& picture, const Detection& face) {
  return in_frame(picture, fit_of(face));
}

}  // namespace harmonic::face
