// face/align.h - a face upright, in the frame in which FER2013 shows its faces.
#pragma once

#include "face/detector.h"
#include "image/picture.h"
#include "image/transform.h"

namespace harmonic::face {

inline constexpr int kAlignedSide = 48;

/// Where FER2013 has eyes and mouth, in pixels of its 48x48, counted from the corner.
///
/// Measured on every fifth picture of its training part: BlazeFace found a face in 5,581 of 5,742
/// (97 %). Medians, made symmetric since mirroring is part of the training; mean and standard
/// deviation of the raw finds: right eye (15.5, 18.7) sd (3.6, 3.6), left eye (32.4, 18.4) sd (3.8,
/// 3.5), mouth (24.3, 36.8) sd (4.6, 3.3). The means are pulled by profiles, the medians are not.
struct Template {
  image::Point right_eye, left_eye, mouth;
};
inline constexpr Template kFer2013Frame{{15.2F, 18.9F}, {32.8F, 18.9F}, {24.0F, 37.1F}};

/// Side and height of the middle of BlazeFace's box in that frame (same measurement: side 40.6, sd
/// 6.5; middle (24.0, 27.3)). Boxes of the cascades are brought to the same extent (cascade.h).
inline constexpr float kFer2013BoxSide = 40.6F;
inline constexpr float kFer2013BoxMiddle = 27.3F;

/// From the picture to the frame. With key points: the similarity that brings eyes and mouth
/// nearest to kFer2013Frame. Without: the shift and scale that bring the box to its place there.
[[nodiscard]] image::Similarity fit_of(const Detection& face);

/// The face as grey 48x48, by fit_of().
[[nodiscard]] image::Picture align(const image::Picture& picture, const Detection& face);

}  // namespace harmonic::face
