// image/view.h - a Picture's pixels as the imaging library's matrix, without a copy.
#pragma once

#include <cstdint>

#include "image/picture.h"

namespace harmonic::image {

/// `Matrix` is cv::Mat, left open so that this header needs no OpenCV. The view must not outlive
/// the picture; one of a const picture must not be written to.
template <typename Matrix>
[[nodiscard]] Matrix view(Picture& picture) {
  const int kind = (picture.channels - 1) << 3;  // CV_8UC(n)
  return Matrix(picture.height, picture.width, kind, picture.pixels.data());
}

template <typename Matrix>
[[nodiscard]] Matrix view(const Picture& picture) {
  return view<Matrix>(const_cast<Picture&>(picture));  // the library has no matrix of const
}

}  // namespace harmonic::image
