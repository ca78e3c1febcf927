#include "drawing/way_picture.h"

#include <algorithm>
#include <array>
#include <vector>

#include "drawing/plot.h"
#include "image/draw.h"

namespace harmonic::drawing {

namespace {

constexpr int kWidth = 1040;
constexpr int kHeight = 620;
constexpr float kListLeft = 600;
constexpr image::Colour kPale{200, 206, 214};

image::Point in(const Panel& panel, ValenceArousal point) {
  return panel.at(static_cast<double>(point.valence()), static_cast<double>(point.arousal()));
}

void list(image::Picture& picture, std::span<const WayStop> stops) {
  if (stops.empty()) return;
  const float row = std::min(22.0F, kPlaneArea.height / static_cast<float>(stops.size()));
  const float height = std::min(kTextHeight, 0.6F * row);
  for (std::size_t i = 0; i < stops.size(); ++i) {
    const float base = kPlaneArea.y + static_cast<float>(i + 1) * row;
    draw_held(picture, {kListLeft, base}, std::to_string(i + 1) + "  " + stops[i].title,
              static_cast<float>(kWidth) - kListLeft - 20, image::kInk, height);
  }
}

}  // namespace

image::Picture draw_way(std::string_view title, std::span<const ValenceArousal> library,
                        std::span<const ValenceArousal> curve, std::span<const WayStop> stops) {
  auto picture = image::canvas(kWidth, kHeight, image::kWhite);
  constexpr float kLeft = 70;
  draw_held(picture, {kLeft, 36}, title, static_cast<float>(kWidth) - 2 * kLeft, image::kInk,
            kTitleHeight);
  constexpr Scale kPlane{-1.0, 1.0};
  const Panel panel{picture, kPlaneArea, kPlane, kPlane};
  for (const auto& [value, label] :
       {std::pair{-1.0, "-1"}, std::pair{0.0, "0"}, std::pair{1.0, "+1"}}) {
    panel.tick_across(value, label);
    panel.tick_up(value, label);
  }
  for (const auto mood : library) image::fill_circle(picture, in(panel, mood), 2, kPale);
  const auto line = [&](const auto& points, auto point_of, image::Colour colour, int thickness) {
    std::vector<image::Point> pixels;
    pixels.reserve(points.size());
    for (const auto& point : points) pixels.push_back(in(panel, point_of(point)));
    image::draw_polyline(picture, pixels, colour, thickness);
  };
  line(
      curve, [](ValenceArousal point) { return point; }, image::kOrange, 3);
  line(
      stops, [](const WayStop& stop) { return stop.mood; }, image::kBlue, 1);
  for (std::size_t i = 0; i < stops.size(); ++i) {
    const auto at = in(panel, stops[i].mood);
    image::fill_circle(picture, at, 5, image::kBlue);
    image::draw_text(picture, {at.x + 7, at.y - 4}, std::to_string(i + 1), image::kInk,
                     kTextHeight);
  }
  panel.frame("across: valence; up: arousal");
  list(picture, stops);
  return picture;
}

}  // namespace harmonic::drawing
