#include "image/transform.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "image/view.h"

namespace harmonic::image {

namespace {

Picture blank(int width, int height, int channels) {
  assert(width >= 1 && height >= 1);
  Picture picture{width, height, channels, {}};
  picture.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                        static_cast<std::size_t>(channels));
  return picture;
}

Picture converted(const Picture& picture, int channels, int code) {
  if (picture.channels == channels) return picture;
  Picture result = blank(picture.width, picture.height, channels);
  auto target = view<cv::Mat>(result);
  cv::cvtColor(view<cv::Mat>(picture), target, code);
  return result;
}

}  // namespace

Picture resize(const Picture& picture, int width, int height) {
  assert(!picture.empty());
  Picture result = blank(width, height, picture.channels);
  auto target = view<cv::Mat>(result);
  const bool shrinks = width < picture.width || height < picture.height;
  cv::resize(view<cv::Mat>(picture), target, target.size(), 0, 0,
             shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return result;
}

Picture crop(const Picture& picture, Box box) {
  const int left = std::max(0, static_cast<int>(std::lround(box.x)));
  const int top = std::max(0, static_cast<int>(std::lround(box.y)));
  const int right = std::min(picture.width, static_cast<int>(std::lround(box.x + box.width)));
  const int bottom = std::min(picture.height, static_cast<int>(std::lround(box.y + box.height)));
  if (right <= left || bottom <= top) return Picture{0, 0, picture.channels, {}};
  Picture result = blank(right - left, bottom - top, picture.channels);
  view<cv::Mat>(picture)(cv::Rect(left, top, right - left, bottom - top))
      .copyTo(view<cv::Mat>(result));
  return result;
}

Picture grey(const Picture& picture) { return converted(picture, 1, cv::COLOR_RGB2GRAY); }

Picture colour(const Picture& picture) { return converted(picture, 3, cv::COLOR_GRAY2RGB); }

Similarity fit_similarity(std::span<const Point> from, std::span<const Point> to) {
  assert(!from.empty() && from.size() == to.size());
  const auto count = static_cast<float>(from.size());
  Point from_mean, to_mean;
  for (std::size_t i = 0; i < from.size(); ++i) {
    from_mean = {from_mean.x + from[i].x / count, from_mean.y + from[i].y / count};
    to_mean = {to_mean.x + to[i].x / count, to_mean.y + to[i].y / count};
  }
  // With points as complex numbers the best factor is sum(conj(p) q) / sum(|p|^2).
  float real = 0, imaginary = 0, spread = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const Point p{from[i].x - from_mean.x, from[i].y - from_mean.y};
    const Point q{to[i].x - to_mean.x, to[i].y - to_mean.y};
    real += p.x * q.x + p.y * q.y;
    imaginary += p.x * q.y - p.y * q.x;
    spread += p.x * p.x + p.y * p.y;
  }
  Similarity fit;
  if (spread > 0) fit = {real / spread, imaginary / spread, 0, 0};
  fit.tx = to_mean.x - (fit.a * from_mean.x - fit.b * from_mean.y);
  fit.ty = to_mean.y - (fit.b * from_mean.x + fit.a * from_mean.y);
  return fit;
}

Similarity inverse(const Similarity& similarity) {
  const float scale = similarity.a * similarity.a + similarity.b * similarity.b;
  assert(scale > 0);
  Similarity back{similarity.a / scale, -similarity.b / scale, 0, 0};
  const auto moved = back.apply({similarity.tx, similarity.ty});
  back.tx = -moved.x;
  back.ty = -moved.y;
  return back;
}

Picture warp(const Picture& picture, const Similarity& similarity, int width, int height) {
  assert(!picture.empty());
  auto source = view<cv::Mat>(picture);
  float across = 1, down = 1;  // pixels of `source` to one of the picture
  // Bilinear sampling looks at four pixels only; without this, shrinking would pick among them.
  const float scale = std::hypot(similarity.a, similarity.b);
  if (scale > 0 && scale < 0.5F) {
    const double keep =
        std::max(2.0 * static_cast<double>(scale), 1.0 / std::min(picture.width, picture.height));
    cv::Mat smaller;
    cv::resize(source, smaller, {}, keep, keep, cv::INTER_AREA);
    across = static_cast<float>(smaller.cols) / static_cast<float>(source.cols);
    down = static_cast<float>(smaller.rows) / static_cast<float>(source.rows);
    source = smaller;
  }
  Picture result = blank(width, height, picture.channels);
  auto target = view<cv::Mat>(result);
  // The library counts from the middle of the first pixel, we from its corner.
  const float xx = similarity.a / across, xy = -similarity.b / down;
  const float yx = similarity.b / across, yy = similarity.a / down;
  const cv::Matx23f matrix(xx, xy, similarity.tx + (xx + xy - 1) / 2,  //
                           yx, yy, similarity.ty + (yx + yy - 1) / 2);
  cv::warpAffine(source, target, matrix, target.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return result;
}

}  // namespace harmonic::image
