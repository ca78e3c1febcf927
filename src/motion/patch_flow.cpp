#include "motion/patch_flow.h"

#include <cassert>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "image/view.h"

namespace harmonic::motion {
namespace {

/// Less contrast than a sensor's noise tells nothing.
constexpr double kLeastContrast = 0.7;
/// Summed squares of the slopes along the direction in which there are fewest. A smoothed pixel's
/// noise of 1 grey level, alike over about 12 pixels, is a shift of sqrt(12 / this) pixels.
constexpr double kLeastTexture = 900.0;
/// (noise of a smoothed pixel, about 3 grey levels / how far a patch may be off, about 1 pixel)^2.
constexpr double kPriorWeight = 10.0;
constexpr int kMostSteps = 15;
constexpr double kStill = 0.005;  ///< pixels: a step below it ends the search

struct Corner {
  int left, top;
  int width, height;
};

Corner corner_of(const Patch& patch) {
  return {static_cast<int>(std::lround(patch.middle.x)) - patch.half_width,
          static_cast<int>(std::lround(patch.middle.y)) - patch.half_height,
          2 * patch.half_width + 1, 2 * patch.half_height + 1};
}

/// The patch's pixels in `plane` after a shift, bilinear; false when they reach outside.
bool sample(const Plane& plane, const Corner& at, Shift shift, std::vector<float>& values) {
  const double left = at.left + shift.x;
  const double top = at.top + shift.y;
  if (left < 0 || top < 0 || left + at.width > kCropSide - 1 || top + at.height > kCropSide - 1) {
    return false;
  }
  const int x0 = static_cast<int>(left);
  const int y0 = static_cast<int>(top);
  const auto fx = static_cast<float>(left - x0);
  const auto fy = static_cast<float>(top - y0);
  auto* out = values.data();
  for (int y = 0; y < at.height; ++y) {
    const auto* upper = plane.data() + static_cast<std::ptrdiff_t>(y0 + y) * kCropSide + x0;
    const auto* lower = upper + kCropSide;
    for (int x = 0; x < at.width; ++x) {
      const float a = upper[x] + fx * (upper[x + 1] - upper[x]);
      const float b = lower[x] + fx * (lower[x + 1] - lower[x]);
      *out++ = a + fy * (b - a);
    }
  }
  return true;
}

/// Takes the mean out; returns the root mean square of what is left.
double centre(std::vector<float>& values) {
  const auto count = static_cast<float>(values.size());
  float sum = 0;
  for (const float v : values) sum += v;
  const float mean = sum / count;
  float squares = 0;
  for (auto& v : values) {
    v -= mean;
    squares += v * v;
  }
  return std::sqrt(static_cast<double>(squares / count));
}

}  // namespace

Planes planes_of(const image::Picture& crop) {
  assert(crop.width == kCropSide && crop.height == kCropSide && crop.channels == 1);
  const auto grey = image::view<cv::Mat>(crop);
  cv::Mat levels;
  grey.convertTo(levels, CV_32F);
  const auto band = [&levels](double finest, double coarsest) {
    Plane plane(levels.total());
    cv::Mat fine(kCropSide, kCropSide, CV_32F, plane.data());
    cv::Mat coarse;
    cv::GaussianBlur(levels, fine, {}, finest, finest, cv::BORDER_REPLICATE);
    cv::GaussianBlur(levels, coarse, {}, coarsest, coarsest, cv::BORDER_REPLICATE);
    fine -= coarse;
    return plane;
  };
  return {band(1.0, 6.0), band(3.0, 9.0)};
}

PatchFlow::PatchFlow(const Plane& kept) {
  for (std::size_t i = 0; i < kPatchCount; ++i) kept_.at(i) = keep(kept, kPatches.at(i));
}

PatchFlow::Kept PatchFlow::keep(const Plane& plane, const Patch& patch) {
  const auto at = corner_of(patch);
  const auto count = static_cast<std::size_t>(at.width) * static_cast<std::size_t>(at.height);
  Kept kept;
  std::vector<float> right(count), below(count);
  kept.values.resize(count);
  kept.slopes_x.resize(count);
  kept.slopes_y.resize(count);
  sample(plane, at, {}, kept.values);
  sample(plane, at, {-1, 0}, kept.slopes_x);
  sample(plane, at, {1, 0}, right);
  sample(plane, at, {0, -1}, kept.slopes_y);
  sample(plane, at, {0, 1}, below);
  kept.contrast = centre(kept.values);
  for (std::size_t i = 0; i < count; ++i) {
    const float x = kept.slopes_x[i] = (right[i] - kept.slopes_x[i]) / 2;
    const float y = kept.slopes_y[i] = (below[i] - kept.slopes_y[i]) / 2;
    kept.xx += x * x;
    kept.xy += x * y;
    kept.yy += y * y;
  }
  return kept;
}

std::optional<Followed> PatchFlow::follow(const Plane& plane, std::size_t index, Shift guess,
                                          Shift prior) const {
  const auto& kept = kept_.at(index);
  const auto at = corner_of(kPatches.at(index));
  if (kept.contrast < kLeastContrast) return std::nullopt;
  const double xx = kept.xx + kPriorWeight;
  const double yy = kept.yy + kPriorWeight;
  const double determinant = xx * yy - kept.xy * kept.xy;
  std::vector<float> values(kept.values.size());
  Followed found{guess, 0, false};
  const double mean = (kept.xx + kept.yy) / 2;
  found.sure = mean - std::hypot((kept.xx - kept.yy) / 2, kept.xy) >= kLeastTexture;
  for (int step = 0; step < kMostSteps; ++step) {
    if (!sample(plane, at, found.shift, values)) return std::nullopt;
    const double contrast = centre(values);
    if (contrast < kLeastContrast) return std::nullopt;
    const auto gain = static_cast<float>(kept.contrast / contrast);
    float bx = 0, by = 0, squares = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const float error = gain * values[i] - kept.values[i];
      bx += kept.slopes_x[i] * error;
      by += kept.slopes_y[i] * error;
      squares += error * error;
    }
    found.mismatch = std::sqrt(static_cast<double>(squares) / static_cast<double>(values.size())) /
                     kept.contrast;
    const double px = bx + kPriorWeight * (found.shift.x - prior.x);
    const double py = by + kPriorWeight * (found.shift.y - prior.y);
    const Shift correction{(yy * px - kept.xy * py) / determinant,
                           (xx * py - kept.xy * px) / determinant};
    found.shift.x -= correction.x;
    found.shift.y -= correction.y;
    if (std::hypot(correction.x, correction.y) < kStill) break;
  }
  return found;
}

}  // namespace harmonic::motion
