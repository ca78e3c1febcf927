// face/align.h - a face upright, in the frame in which FER2013 shows its faces.
#pragma once

#include "face/detector.h"
#include "image/picture.h"

namespace harmonic::face {

inline constexpr int kAlignedSide = 48;

/// Where FER2013 has eyes and mouth, in pixels of 48x48 with pixel centres at .5.
struct Template {
  image::Point right_eye, left_eye, mouth;
};

extern const Template kFer2013Frame;

/// The face as grey 48x48. With key points: the similarity that brings eyes and mouth nearest to
/// kFer2013Frame. Without: the box, widened to the share of the frame that a face fills there.
[[nodiscard]] image::Picture align(const image::Picture& picture, const Detection& face);

}  // namespace harmonic::face
