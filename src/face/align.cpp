#include "face/align.h"

#include <array>

#include "image/transform.h"

namespace harmonic::face {

image::Picture align(const image::Picture& picture, const Detection& face) {
  const image::Picture grey = image::grey(picture);
  if (face.points) {
    const auto& points = *face.points;
    const std::array from{points.right_eye, points.left_eye, points.mouth};
    const std::array to{kFer2013Frame.right_eye, kFer2013Frame.left_eye, kFer2013Frame.mouth};
    return image::warp(grey, image::fit_similarity(from, to), kAlignedSide, kAlignedSide);
  }
  const float scale = kFer2013BoxSide / ((face.box.width + face.box.height) / 2);
  const image::Point middle{face.box.x + face.box.width / 2, face.box.y + face.box.height / 2};
  const float half = static_cast<float>(kAlignedSide) / 2;
  const image::Similarity fit{scale, 0, half - scale * middle.x,
                              kFer2013BoxMiddle - scale * middle.y};
  return image::warp(grey, fit, kAlignedSide, kAlignedSide);
}

}  // namespace harmonic::face
