#include "drawing/plot.h"

#include <array>
#include <cmath>
#include <string>

namespace harmonic::drawing {

using image::Point;

double Scale::share(double value) const {
  if (logarithmic) return std::log(value / low) / std::log(high / low);
  return (value - low) / (high - low);
}

Point Panel::at(double across, double up) const {
  return {area_.x + static_cast<float>(across_.share(across)) * area_.width,
          area_.y + static_cast<float>(1.0 - up_.share(up)) * area_.height};
}

void Panel::frame(std::string_view title) const {
  image::draw_box(picture_, area_, image::kInk, 1);
  image::draw_text(picture_, {area_.x, area_.y - 9}, title, image::kInk, kTextHeight + 1);
}

void Panel::tick_across(double value, std::string_view label) const {
  const float x = at(value, up_.low).x;
  const std::array line{Point{x, area_.y}, Point{x, area_.y + area_.height}};
  image::draw_polyline(picture_, line, image::kPale);
  const float width = image::text_width(label, kTextHeight);
  image::draw_text(picture_, {x - width / 2, area_.y + area_.height + 18}, label, image::kInk,
                   kTextHeight);
}

void Panel::tick_up(double value, std::string_view label) const {
  const float y = at(across_.low, value).y;
  const std::array line{Point{area_.x, y}, Point{area_.x + area_.width, y}};
  image::draw_polyline(picture_, line, image::kPale);
  const float width = image::text_width(label, kTextHeight);
  image::draw_text(picture_, {area_.x - width - 8, y + kTextHeight / 2}, label, image::kInk,
                   kTextHeight);
}

float draw_key(image::Picture& picture, float left, float base, image::Colour colour,
               std::string_view words) {
  constexpr float kPatch = 12;
  image::fill_box(picture, {left, base - kTextHeight, kPatch, kTextHeight}, colour);
  image::draw_text(picture, {left + kPatch + 6, base}, words, image::kInk, kTextHeight);
  return left + kPatch + 6 + image::text_width(words, kTextHeight) + 20;
}

void draw_held(image::Picture& picture, Point at, std::string_view text, float width,
               image::Colour colour, float height) {
  std::string held{text};
  while (held.size() > 3 && image::text_width(held, height) > width) {
    held.resize(held.size() - 4);
    held += "...";
  }
  image::draw_text(picture, at, held, colour, height);
}

}  // namespace harmonic::drawing
