// face/patch.h - finds a piece of the last picture again in the next one.
#pragma once

#include <optional>
#include <vector>

#include "image/picture.h"

namespace harmonic::face {

/// The inner part of a face as it was in one picture: grey, at about 26 cells across.
///
/// Source  normalised cross-correlation, Lewis, "Fast normalized cross-correlation", Vision
///         Interface 1995; the peak between the cells by a parabola in x and one in y.
class Patch {
 public:
  /// Remembers `box` of `picture` (colour or grey). Empty where the box lies outside, is smaller
  /// than 8 pixels or shows a plain surface: then it is found nowhere.
  Patch(const image::Picture& picture, const image::Box& box);

  struct Found {
    image::Point shift;     ///< from where it was, in pixels
    float correlation = 0;  ///< -1 .. 1, 1 the same but for brightness and contrast
  };
  /// The best place up to half of the box away; nothing without a peak.
  [[nodiscard]] std::optional<Found> find(const image::Picture& picture) const;

 private:
  int cell_ = 1;            ///< side of a cell in pixels
  int left_ = 0, top_ = 0;  ///< of the piece, in pixels of the picture
  int reach_ = 0;           ///< in cells
  image::Picture piece_;    ///< grey, one pixel a cell
};

}  // namespace harmonic::face
