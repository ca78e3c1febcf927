#include "face/patch.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "image/view.h"

namespace harmonic::face {

namespace {

constexpr int kCells = 26;      // across the piece: fine enough for a tenth of a pixel in 100
constexpr float kInner = 0.8F;  // of the box; the rim shows what is behind
constexpr double kPlainSurface = 2.0;  // standard deviation in grey levels

// Grey, one pixel a cell of `cell` x `cell` pixels; `area` lies inside and is whole cells.
image::Picture sampled(const image::Picture& picture, const cv::Rect& area, int cell) {
  cv::Mat grey = image::view<cv::Mat>(picture)(area);
  if (picture.channels == 3) cv::cvtColor(grey, grey, cv::COLOR_RGB2GRAY);
  image::Picture small{area.width / cell, area.height / cell, 1, {}};
  small.pixels.resize(static_cast<std::size_t>(small.width) *
                      static_cast<std::size_t>(small.height));
  auto target = image::view<cv::Mat>(small);
  cv::resize(grey, target, target.size(), 0, 0, cv::INTER_AREA);
  return small;
}

// Where between its neighbours the top of a parabola through three heights lies, -.5 .. .5.
float between(float before, float top, float after) {
  const float bend = before - 2 * top + after;
  return bend < 0 ? std::clamp((before - after) / (2 * bend), -0.5F, 0.5F) : 0.0F;
}

}  // namespace

Patch::Patch(const image::Picture& picture, const image::Box& box) {
  const float width = box.width * kInner, height = box.height * kInner;
  if (!(width >= 8 && height >= 8 && width < 20'000 && height < 20'000)) return;
  cell_ = std::max(1, static_cast<int>(width) / kCells);
  const auto inside = [](float x, int most) {
    return static_cast<int>(std::clamp(x, 0.0F, static_cast<float>(most)));
  };
  const float x = box.x + (box.width - width) / 2, y = box.y + (box.height - height) / 2;
  left_ = inside(x, picture.width);
  top_ = inside(y, picture.height);
  const int columns = (inside(x + width, picture.width) - left_) / cell_;
  const int rows = (inside(y + height, picture.height) - top_) / cell_;
  if (columns < 6 || rows < 6) return;
  auto piece = sampled(picture, {left_, top_, columns * cell_, rows * cell_}, cell_);
  cv::Scalar mean, deviation;
  cv::meanStdDev(image::view<cv::Mat>(piece), mean, deviation);
  if (deviation[0] < kPlainSurface) return;
  reach_ = std::max(2, columns / 2);
  piece_ = std::move(piece);
}

std::optional<Patch::Found> Patch::find(const image::Picture& picture) const {
  if (piece_.empty()) return std::nullopt;
  const int left = std::min(reach_, left_ / cell_), top = std::min(reach_, top_ / cell_);
  const int x = left_ - left * cell_, y = top_ - top * cell_;
  const int columns = std::min(left + piece_.width + reach_, (picture.width - x) / cell_);
  const int rows = std::min(top + piece_.height + reach_, (picture.height - y) / cell_);
  if (columns < piece_.width || rows < piece_.height) return std::nullopt;
  const auto area = sampled(picture, {x, y, columns * cell_, rows * cell_}, cell_);
  cv::Mat map;
  cv::matchTemplate(image::view<cv::Mat>(area), image::view<cv::Mat>(piece_), map,
                    cv::TM_CCOEFF_NORMED);
  double best = 0;
  cv::Point at;
  cv::minMaxLoc(map, nullptr, &best, nullptr, &at);
  if (!std::isfinite(best)) return std::nullopt;
  const auto height_at = [&map](int column, int row) { return map.at<float>(row, column); };
  auto column = static_cast<float>(at.x), row = static_cast<float>(at.y);
  if (at.x > 0 && at.x + 1 < map.cols) {
    column += between(height_at(at.x - 1, at.y), height_at(at.x, at.y), height_at(at.x + 1, at.y));
  }
  if (at.y > 0 && at.y + 1 < map.rows) {
    row += between(height_at(at.x, at.y - 1), height_at(at.x, at.y), height_at(at.x, at.y + 1));
  }
  const auto cell = static_cast<float>(cell_);
  return Found{{(column - static_cast<float>(left)) * cell, (row - static_cast<float>(top)) * cell},
               static_cast<float>(best)};
}

}  // namespace harmonic::face
