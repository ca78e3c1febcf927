// Module drawing: what was heard, as pictures.
//
//   a sound file -> song_course.h (what is in it, over time) -> song_picture.h
//   answers and what was said -> scatter.h
//
// Uses     base, image, audio, mood.  Used by `harmonic hear --draw` and `harmonic eval music
// --draw`. Threads  plain values; a function may be called from any thread.
//
// drawing/plot.h - one panel with its scales on a picture.
#pragma once

#include <span>
#include <string_view>

#include "image/draw.h"
#include "image/palette.h"
#include "image/picture.h"

namespace harmonic::drawing {

inline constexpr float kTitleHeight = 14;  ///< of a capital letter, in pixels
inline constexpr float kTextHeight = 9;

/// What a side of a panel shows. `low` and `high` differ; both above 0 on a logarithmic one.
struct Scale {
  double low = 0.0;
  double high = 1.0;
  bool logarithmic = false;

  /// Where `value` lies: 0 at low, 1 at high; not held within.
  [[nodiscard]] double share(double value) const;
};

class Panel {
 public:
  /// `area` in pixels of `picture`, which must outlive the panel; titles and labels stand outside.
  Panel(image::Picture& picture, image::Box area, Scale across, Scale up)
      : picture_{picture}, area_{area}, across_{across}, up_{up} {}

  /// The outline, and words above its left end.
  void frame(std::string_view title) const;
  /// A pale line at `value` with its label beside it, where there is one.
  void tick_across(double value, std::string_view label) const;
  void tick_up(double value, std::string_view label) const;

  [[nodiscard]] image::Point at(double across, double up) const;
  [[nodiscard]] const image::Box& area() const { return area_; }
  [[nodiscard]] image::Picture& picture() const { return picture_; }

 private:
  image::Picture& picture_;
  image::Box area_;
  Scale across_;
  Scale up_;
};

/// One entry of a legend: a patch of colour with words, right of `left` on a baseline at `base`.
/// Returns  where the next may begin.
float draw_key(image::Picture& picture, float left, float base, image::Colour colour,
               std::string_view words);

/// `text`, cut off with "..." where it is wider than `width` pixels.
void draw_held(image::Picture& picture, image::Point at, std::string_view text, float width,
               image::Colour colour, float height);

}  // namespace harmonic::drawing
