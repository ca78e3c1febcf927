#include "evaluate/chart.h"

#include <cmath>
#include <string>

#include "image/palette.h"

namespace harmonic::evaluate {

using image::kBlue;
using image::kInk;
using image::kOrange;
using image::kPale;

namespace {

constexpr int kWidth = 760;
constexpr int kHead = 60;
constexpr float kMargin = 30;
constexpr float kTitle = 13;
constexpr float kText = 9;

image::Picture titled(int height, std::string_view title) {
  auto picture = image::canvas(kWidth, height, image::kWhite);
  image::draw_text(picture, {kMargin, 36}, title, kInk, kTitle);
  return picture;
}

}  // namespace

image::Picture draw_chart(std::span<const image::Bar> bars, std::string_view title) {
  constexpr int kRow = 30;
  constexpr float kBarLeft = 180;
  constexpr float kBarWidth = 480;
  auto picture = titled(kHead + kRow * static_cast<int>(bars.size()) + 20, title);
  float y = kHead;
  for (const auto& bar : bars) {
    image::draw_text(picture, {kMargin, y + 16}, bar.label, kInk, kText);
    image::fill_box(picture, {kBarLeft, y + 3, kBarWidth, 18}, kPale);
    image::fill_box(picture, {kBarLeft, y + 3, kBarWidth * bar.share, 18}, kBlue);
    const auto tenths = std::lround(bar.share * 1000);
    image::draw_text(picture, {kBarLeft + kBarWidth + 12, y + 16},
                     std::to_string(tenths / 10) + "." + std::to_string(tenths % 10), kInk, kText);
    y += kRow;
  }
  return picture;
}

image::Picture draw_reliability(const Reliability& reliability, std::string_view title) {
  constexpr float kBottom = 500;
  constexpr float kHeight = 420;
  constexpr float kStep = (kWidth - 2 * kMargin) / static_cast<float>(kCalibrationBins);
  auto picture = titled(560, title);
  for (std::size_t i = 0; i < reliability.size(); ++i) {
    const auto& bin = reliability.at(i);
    const float x = kMargin + kStep * static_cast<float>(i);
    const auto height = kHeight * static_cast<float>(bin.accuracy);
    image::fill_box(picture, {x + 3, kBottom - kHeight, kStep - 6, kHeight}, kPale);
    if (bin.count == 0) continue;
    image::fill_box(picture, {x + 3, kBottom - height, kStep - 6, height}, kBlue);
    const auto mark = kBottom - kHeight * static_cast<float>(bin.confidence);
    image::fill_box(picture, {x, mark - 1, kStep, 3}, kOrange);
    image::draw_text(picture, {x + 4, kBottom + 18}, std::to_string(bin.count), kInk, kText - 2);
  }
  image::draw_text(picture, {kMargin, kBottom + 44},
                   "blue: share that was right; orange: how sure it was; below: faces", kInk,
                   kText);
  return picture;
}

}  // namespace harmonic::evaluate
