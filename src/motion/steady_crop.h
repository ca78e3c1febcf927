// motion/steady_crop.h - the same face in the same place of every frame.
#pragma once

#include <optional>

#include "face/detector.h"
#include "image/picture.h"
#include "image/transform.h"
#include "motion/movement.h"
#include "motion/regions.h"

namespace harmonic::motion {

/// A frame's face as the Spotter wants it.
struct Cut {
  image::Picture face;  ///< grey, kCropSide x kCropSide
  bool fresh = false;   ///< cut anew, not where the last one was: the Spotter must be reset
};

/// Cuts one face out of each frame of a film, upright, eyes and mouth at the places of regions.h. A
/// finder's box trembles by a pixel or two, so the crop follows it with half a second's inertia; a
/// face that is more than a fifth of the crop away from it is taken up afresh.
/// Threads  one at a time.
class SteadyCrop {
 public:
  void reset() { place_.reset(); }

  /// `frame` is grey or colour and not empty. With key points eyes and mouth are brought to their
  /// places, without them the box is (by where align.h measured it to lie around eyes). `at` in
  /// order, as Spotter::observe; a pause of more than a second cuts afresh.
  [[nodiscard]] Cut cut(Seconds at, const image::Picture& frame, const face::Detection& face);

 private:
  std::optional<image::Similarity> place_;  ///< of the crop in the frame
  Seconds last_{0};
};

/// Where the crop of `face` lies: crop coordinates to those of its picture.
[[nodiscard]] image::Similarity crop_place(const face::Detection& face);

}  // namespace harmonic::motion
