// image/transform.h - pictures of another size, cut, colour or posture.
#pragma once

#include <span>

#include "image/picture.h"

namespace harmonic::image {

/// Area averaging when it shrinks, bilinear when it grows. Sides in pixels, at least 1; the picture
/// is not empty.
[[nodiscard]] Picture resize(const Picture& picture, int width, int height);

/// The part of `box` (rounded to whole pixels) that lies inside the picture; empty when none does.
[[nodiscard]] Picture crop(const Picture& picture, Box box);

/// One channel: .299 R + .587 G + .114 B (ITU-R BT.601, what JPEG and FER2013's makers used). A
/// grey picture is returned as it is.
[[nodiscard]] Picture grey(const Picture& picture);

/// Three channels; a colour picture is returned as it is.
[[nodiscard]] Picture colour(const Picture& picture);

/// A turn, a scale and a shift: x' = a x - b y + tx, y' = b x + a y + ty. Coordinates count from
/// the corner of the first pixel, whose middle is (.5, .5).
struct Similarity {
  float a = 1, b = 0, tx = 0, ty = 0;

  [[nodiscard]] Point apply(Point p) const {
    return {a * p.x - b * p.y + tx, b * p.x + a * p.y + ty};
  }
};

/// The similarity that brings `from` nearest to `to` in the sum of squared distances.
/// Source  Umeyama, "Least-squares estimation of transformation parameters between two point
///         patterns", IEEE PAMI 13 (1991), here for the plane, where complex numbers make it one
///         division. All points of `from` in one place give the shift alone.
[[nodiscard]] Similarity fit_similarity(std::span<const Point> from, std::span<const Point> to);

/// What leads back; `similarity` does not shrink everything to a point.
[[nodiscard]] Similarity inverse(const Similarity& similarity);

/// The picture under `similarity` (source to result coordinates), `width` x `height`, bilinear; it
/// is smoothed first when it shrinks by more than two. Outside the source its edge is repeated.
[[nodiscard]] Picture warp(const Picture& picture, const Similarity& similarity, int width,
                           int height);

}  // namespace harmonic::image
