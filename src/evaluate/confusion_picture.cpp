#include "evaluate/confusion_picture.h"

#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "image/draw.h"
#include "image/palette.h"

namespace harmonic::evaluate {
namespace {

constexpr float kLeft = 120;
constexpr float kTop = 110;
constexpr float kCell = 80;
constexpr float kTextHeight = 10;
constexpr float kMargin = 80;  // at the right; less than half of it below

void draw_centred(image::Picture& picture, image::Point middle, std::string_view text,
                  image::Colour colour) {
  const float width = image::text_width(text, kTextHeight);
  image::draw_text(picture, {middle.x - width / 2, middle.y + kTextHeight / 2}, text, colour,
                   kTextHeight);
}

void draw_cell(image::Picture& picture, std::size_t row, std::size_t column, double share) {
  const float x = kLeft + kCell * static_cast<float>(column);
  const float y = kTop + kCell * static_cast<float>(row);
  image::fill_box(picture, {x, y, kCell - 2, kCell - 2}, image::shade(share));
  const auto per_cent = std::to_string(std::lround(share * 100));
  draw_centred(picture, {x + kCell / 2, y + kCell / 2}, per_cent,
               share > 0.3 ? image::kWhite : image::kInk);
}

}  // namespace

image::Picture draw_confusion(std::span<const std::string_view> names,
                              std::span<const std::size_t> counts, std::string_view title) {
  const float side = kCell * static_cast<float>(names.size());
  auto picture = image::canvas(static_cast<int>(kLeft + side + kMargin),
                               static_cast<int>(kTop + side + 30), image::kWhite);
  image::draw_text(picture, {kLeft, 34}, title, image::kInk, kTextHeight + 3);
  image::draw_text(picture, {kLeft, 62}, "answers across, labels down, per cent of each row",
                   image::kInk, kTextHeight);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto middle = kCell * (static_cast<float>(i) + 0.5F);
    draw_centred(picture, {kLeft + middle, kTop - 16}, names[i], image::kInk);
    draw_centred(picture, {kLeft / 2, kTop + middle}, names[i], image::kInk);
    const auto row = counts.subspan(i * names.size(), names.size());
    const auto all = std::accumulate(row.begin(), row.end(), std::size_t{0});
    for (std::size_t j = 0; all > 0 && j < names.size(); ++j) {
      draw_cell(picture, i, j, static_cast<double>(row[j]) / static_cast<double>(all));
    }
  }
  return picture;
}

image::Picture draw_confusion(const Confusion& confusion, std::string_view title) {
  std::vector<std::size_t> counts;
  counts.reserve(kRatedCount * kRatedCount);
  for (const auto& row : confusion) counts.insert(counts.end(), row.begin(), row.end());
  return draw_confusion(std::span{affect::kEmotionNames}.first(kRatedCount), counts, title);
}

}  // namespace harmonic::evaluate
