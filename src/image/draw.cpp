#include "image/draw.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdio>
#include <opencv2/imgproc.hpp>

#include "image/view.h"

namespace harmonic::image {

namespace {

constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;
constexpr float kCapitalHeight = 21.0F;  // of that font at scale 1, in pixels

cv::Scalar scalar(Colour c) { return {double(c.red), double(c.green), double(c.blue)}; }

// Coordinates beyond this are clamped: the library counts them in fixed point of 16 bits more.
int pixel(float x) {
  constexpr float kFar = 20'000.0F;
  return static_cast<int>(std::lround(std::isnan(x) ? 0.0F : std::clamp(x, -kFar, kFar)));
}

cv::Rect rect(Box box) {
  const int left = pixel(box.x), top = pixel(box.y);
  return {left, top, std::max(0, pixel(box.x + box.width) - left),
          std::max(0, pixel(box.y + box.height) - top)};
}

std::string printable(std::string_view text) {
  std::string result{text};
  std::replace_if(
      result.begin(), result.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return result;
}

int stroke(float height) { return std::max(1, static_cast<int>(height / 10.0F)); }

cv::Mat writable(Picture& picture) {
  assert(picture.channels == 3 && !picture.empty());
  return view<cv::Mat>(picture);
}

}  // namespace

Picture canvas(int width, int height, Colour colour) {
  assert(width >= 1 && height >= 1);
  Picture picture{width, height, 3, {}};
  picture.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  view<cv::Mat>(picture).setTo(scalar(colour));
  return picture;
}

void draw_box(Picture& picture, Box box, Colour colour, int thickness) {
  cv::rectangle(writable(picture), rect(box), scalar(colour), thickness);
}

void fill_box(Picture& picture, Box box, Colour colour, float opacity) {
  cv::Mat pixels = writable(picture);
  const cv::Rect inside = rect(box) & cv::Rect(0, 0, picture.width, picture.height);
  if (inside.empty()) return;
  cv::Mat part = pixels(inside);
  const cv::Mat plain(part.size(), part.type(), scalar(colour));
  const double share = std::clamp(double(opacity), 0.0, 1.0);
  cv::addWeighted(plain, share, part, 1.0 - share, 0.0, part);
}

void draw_polyline(Picture& picture, std::span<const Point> points, Colour colour, int thickness) {
  if (points.size() < 2) return;
  std::vector<cv::Point> corners;
  corners.reserve(points.size());
  for (const Point& p : points) corners.emplace_back(pixel(p.x), pixel(p.y));
  cv::polylines(writable(picture), corners, false, scalar(colour), thickness, cv::LINE_AA);
}

void fill_circle(Picture& picture, Point centre, float radius, Colour colour) {
  cv::circle(writable(picture), {pixel(centre.x), pixel(centre.y)}, std::max(0, pixel(radius)),
             scalar(colour), cv::FILLED, cv::LINE_AA);
}

void draw_text(Picture& picture, Point at, std::string_view text, Colour colour, float height) {
  cv::putText(writable(picture), printable(text), {pixel(at.x), pixel(at.y)}, kFont,
              double(height / kCapitalHeight), scalar(colour), stroke(height), cv::LINE_AA);
}

float text_width(std::string_view text, float height) {
  int below = 0;
  return static_cast<float>(cv::getTextSize(printable(text), kFont, double(height / kCapitalHeight),
                                            stroke(height), &below)
                                .width);
}

void draw_bars(Picture& picture, Box area, std::span<const Bar> bars, Colour colour) {
  if (bars.empty()) return;
  fill_box(picture, area, kBlack, 0.6F);
  const float row = area.height / static_cast<float>(bars.size());
  const float letters = row * 0.5F;
  float labels = 0;
  for (const Bar& bar : bars) labels = std::max(labels, text_width(bar.label, letters));
  const float gap = row * 0.3F;
  const float numbers = text_width("100%", letters) + 2 * gap;
  const float track = std::max(0.0F, area.width - labels - numbers - 2 * gap);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const float top = area.y + static_cast<float>(i) * row;
    const float base = top + (row + letters) / 2;
    const float share = std::clamp(bars[i].share, 0.0F, 1.0F);
    const float left = area.x + labels + 2 * gap;
    draw_text(picture, {area.x + gap, base}, bars[i].label, kWhite, letters);
    fill_box(picture, {left, top + row * 0.2F, track * share, row * 0.6F}, colour);
    std::array<char, 8> number{};
    std::snprintf(number.data(), number.size(), "%.0f%%", double(share) * 100.0);
    draw_text(picture, {left + track + gap, base}, number.data(), kWhite, letters);
  }
}

}  // namespace harmonic::image
