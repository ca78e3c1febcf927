// image/draw.h - lines, boxes, bars and words on a colour picture.
//
// Every function takes a picture of 3 channels; what falls outside of it is left out.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "image/picture.h"

namespace harmonic::image {

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
};

inline constexpr Colour kBlack{0, 0, 0};
inline constexpr Colour kWhite{255, 255, 255};

/// A picture of one colour; sides in pixels, at least 1.
[[nodiscard]] Picture canvas(int width, int height, Colour colour);

/// Outline of `thickness` pixels, centred on the box's edge.
void draw_box(Picture& picture, Box box, Colour colour, int thickness = 2);

/// `opacity` 0 leaves the picture as it is, 1 covers it.
void fill_box(Picture& picture, Box box, Colour colour, float opacity = 1.0F);

/// Joins the points in their order; fewer than two draw nothing.
void draw_polyline(Picture& picture, std::span<const Point> points, Colour colour,
                   int thickness = 1);

void fill_circle(Picture& picture, Point centre, float radius, Colour colour);

/// One line of ASCII, other characters as '?'. `at` is the left end of the baseline; `height` is
/// that of a capital letter, in pixels.
void draw_text(Picture& picture, Point at, std::string_view text, Colour colour,
               float height = 12.0F);

/// Width in pixels of what draw_text would draw.
[[nodiscard]] float text_width(std::string_view text, float height = 12.0F);

/// One row of a bar chart; `share` in [0, 1] of the chart's width.
struct Bar {
  std::string label;
  float share = 0.0F;
};

/// Bars from left to right, one a row, with label and per cent, in `area`, on a dark ground.
void draw_bars(Picture& picture, Box area, std::span<const Bar> bars, Colour colour);

}  // namespace harmonic::image
