#include "evaluate/confusion_picture.h"

#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>

#include "image/draw.h"

namespace harmonic::evaluate {
namespace {

constexpr int kWidth = 760;
constexpr int kHeight = 700;
constexpr float kLeft = 120;
constexpr float kTop = 110;
constexpr float kCell = 80;
constexpr float kTextHeight = 10;
constexpr image::Colour kInk{30, 34, 42};

/// From white to a deep blue; the eye reads it as one scale, also without colour vision.
image::Colour shade(double share) {
  const auto mix = [share](double white, double deep) {
    return static_cast<std::uint8_t>(std::lround(white + (deep - white) * std::sqrt(share)));
  };
  return {mix(255, 12), mix(255, 60), mix(255, 120)};
}

void draw_centred(image::Picture& picture, image::Point middle, std::string_view text,
                  image::Colour colour) {
  const float width = image::text_width(text, kTextHeight);
  image::draw_text(picture, {middle.x - width / 2, middle.y + kTextHeight / 2}, text, colour,
                   kTextHeight);
}

void draw_cell(image::Picture& picture, std::size_t row, std::size_t column, double share) {
  const float x = kLeft + kCell * static_cast<float>(column);
  const float y = kTop + kCell * static_cast<float>(row);
  image::fill_box(picture, {x, y, kCell - 2, kCell - 2}, shade(share));
  const auto per_cent = std::to_string(std::lround(share * 100));
  draw_centred(picture, {x + kCell / 2, y + kCell / 2}, per_cent,
               share > 0.3 ? image::kWhite : kInk);
}

}  // namespace

image::Picture draw_confusion(const Confusion& confusion, std::string_view title) {
  auto picture = image::canvas(kWidth, kHeight, image::kWhite);
  image::draw_text(picture, {kLeft, 34}, title, kInk, kTextHeight + 3);
  image::draw_text(picture, {kLeft, 62}, "answers across, labels down, per cent of each row", kInk,
                   kTextHeight);
  for (std::size_t i = 0; i < kRatedCount; ++i) {
    const auto middle = kCell * (static_cast<float>(i) + 0.5F);
    const auto name = affect::kEmotionNames.at(i);
    draw_centred(picture, {kLeft + middle, kTop - 16}, name, kInk);
    draw_centred(picture, {kLeft / 2, kTop + middle}, name, kInk);
    const auto& row = confusion.at(i);
    const auto all = std::accumulate(row.begin(), row.end(), std::size_t{0});
    for (std::size_t j = 0; all > 0 && j < kRatedCount; ++j) {
      draw_cell(picture, i, j, static_cast<double>(row.at(j)) / static_cast<double>(all));
    }
  }
  return picture;
}

}  // namespace harmonic::evaluate
