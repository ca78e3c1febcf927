#include "drawing/scatter.h"

#include <algorithm>
#include <array>

#include "drawing/plot.h"
#include "image/draw.h"

namespace harmonic::drawing {

namespace {

constexpr int kWidth = 1040;
constexpr int kHeight = 620;
constexpr float kSide = 420;
constexpr float kTop = 100;

void draw_pairs(image::Picture& picture, float left, const Pairs& pairs) {
  constexpr Scale kPlane{-1.0, 1.0};
  const Panel panel{picture, {left, kTop, kSide, kSide}, kPlane, kPlane};
  for (const auto& [value, label] :
       {std::pair{-1.0, "-1"}, std::pair{-0.5, "-0.5"}, std::pair{0.0, "0"}, std::pair{0.5, "+0.5"},
        std::pair{1.0, "+1"}}) {
    panel.tick_across(value, label);
    panel.tick_up(value, label);
  }
  const auto held = [](float value) { return std::clamp(static_cast<double>(value), -1.0, 1.0); };
  for (std::size_t i = 0; i < pairs.truth.size(); ++i)
    image::fill_circle(picture, panel.at(held(pairs.truth[i]), held(pairs.said[i])), 2,
                       image::kBlue);
  image::draw_polyline(picture, std::array{panel.at(-1.0, -1.0), panel.at(1.0, 1.0)},
                       image::kOrange, 2);
  panel.frame(pairs.title);
  image::draw_text(picture, {left, kTop + kSide + 44},
                   "across: what listeners said; up: what we hear", image::kInk, kTextHeight);
}

}  // namespace

image::Picture draw_scatter(std::string_view title, const Pairs& left, const Pairs& right) {
  auto picture = image::canvas(kWidth, kHeight, image::kWhite);
  constexpr float kLeft = 70;
  draw_held(picture, {kLeft, 42}, title, static_cast<float>(kWidth) - 2 * kLeft, image::kInk,
            kTitleHeight);
  draw_pairs(picture, kLeft, left);
  draw_pairs(picture, kLeft + kSide + 90, right);
  return picture;
}

}  // namespace harmonic::drawing
