#include "motion/staged_film.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <random>
#include <utility>

#include "image/codec.h"
#include "image/transform.h"
#include "image/view.h"
#include "motion/steady_crop.h"

namespace harmonic::motion {
namespace {

constexpr double kTau = 2 * std::numbers::pi;
// Of the head, in the crop: what it turns about.
constexpr double kMiddleX = 64.0;
constexpr double kMiddleY = 66.0;
// An eye's opening and the skin above it that a falling lid stretches, pixels of the crop.
constexpr double kEyeHalfWidth = 10.0;
constexpr double kEyeHalfHeight = 4.0;
constexpr double kLid = 6.0;

/// 0 to 1 by half a cosine.
double ease(double share) {
  return (1 - std::cos(std::numbers::pi * std::clamp(share, 0.0, 1.0))) / 2;
}

/// Up to 1 at `apex`, down again; 0 outside.
double bump(double at, double onset, double apex, double offset) {
  if (at <= onset || at >= offset) return 0;
  return at < apex ? ease((at - onset) / (apex - onset)) : ease((offset - at) / (offset - apex));
}

/// How closed the lids are: down in a third of the time, then up.
double closed(const Blink& blink, double at) {
  const double start = blink.start.count();
  const double length = blink.length.count();
  return bump(at, start, start + 0.35 * length, start + length);
}

double progress(const HeadTurn& turn, double at) {
  const double start = turn.start.count();
  const double length = turn.length.count();
  if (turn.returns) return bump(at, start, start + length / 2, start + length);
  return ease((at - start) / length);
}

/// The height that the lid over `eye` shows at (x, y): where it is taken from.
double under_lid(const image::Point& eye, double x, double y, double shut) {
  const double across = (x - eye.x) / kEyeHalfWidth;
  if (std::abs(across) >= 1) return y;
  const double opening = kEyeHalfHeight * (1 - across * across);
  const double top = eye.y - opening;
  const double edge = top + 2 * opening * shut;
  const double skin = top - kLid;
  if (y <= skin || y >= edge) return y;
  return skin + (y - skin) * kLid / (kLid + edge - top);
}

std::uint64_t seed_of(std::uint32_t seed, std::size_t index) {
  return (static_cast<std::uint64_t>(seed) << 32U) + index * 2654435761U + 1;
}

}  // namespace

StagedFilm::StagedFilm(const image::Picture& still, const face::Detection& face, Script script)
    : still_{image::grey(still)},
      face_{face},
      place_{crop_place(face)},
      script_{std::move(script)} {
  assert(face_.points && !still_.empty());
  const auto back = image::inverse(place_);
  right_eye_ = back.apply(face_.points->right_eye);
  left_eye_ = back.apply(face_.points->left_eye);
  mouth_ = back.apply(face_.points->mouth);
  std::mt19937 random{script_.seed};
  std::uniform_real_distribution<double> wide{0.8, 1.25};
  shape_.width *= wide(random);
  shape_.height *= wide(random);
  shape_.depth *= wide(random);
  shape_.nose *= wide(random) * wide(random);
  shape_.nose_y += 12 * (wide(random) - 1);
}

StagedFilm::Pose StagedFilm::pose_at(double at) const {
  Pose pose;
  pose.shift = {script_.sway * std::sin(kTau * 0.23 * at) * std::cos(kTau * 0.071 * at),
                script_.sway * std::sin(kTau * 0.19 * at + 1)};
  double yaw = 0, pitch = 0, roll = 0;
  for (const auto& turn : script_.turns) {
    const double share = progress(turn, at);
    yaw += share * turn.yaw;
    pitch += share * turn.pitch;
    roll += share * turn.roll;
    pose.scale += share * turn.zoom;
    pose.shift.x += share * turn.shift.x;
    pose.shift.y += share * turn.shift.y;
  }
  pose.yaw_cos = std::cos(yaw);
  pose.yaw_sin = std::sin(yaw);
  pose.pitch_cos = std::cos(pitch);
  pose.pitch_sin = std::sin(pitch);
  pose.roll_cos = std::cos(roll);
  pose.roll_sin = std::sin(roll);
  return pose;
}

/// How far the pose moves (x, y) of the face at rest, in pixels of the crop.
Shift StagedFilm::head_at(const Pose& pose, double x, double y) const {
  const double rx = x - kMiddleX;
  const double ry = y - kMiddleY;
  const double dx = rx / shape_.width;
  const double dy = ry / shape_.height;
  const double nx = rx / 9.0;
  const double ny = (y - shape_.nose_y) / 12.0;
  const double depth = shape_.depth * std::sqrt(std::max(0.02, 1 - dx * dx - dy * dy)) +
                       shape_.nose * std::exp(-(nx * nx + ny * ny) / 2);
  const double px = rx * pose.yaw_cos + depth * pose.yaw_sin;
  const double py = ry * pose.pitch_cos + depth * pose.pitch_sin;
  return {pose.scale * (px * pose.roll_cos - py * pose.roll_sin) - rx + pose.shift.x,
          pose.scale * (px * pose.roll_sin + py * pose.roll_cos) - ry + pose.shift.y};
}

/// Which place of the photograph (x, y) of the frame shows, both in pixels of the crop.
Shift StagedFilm::source_of(const Pose& pose, double x, double y, double at) const {
  double fx = x;
  double fy = y;
  for (int round = 0; round < 3; ++round) {
    const auto moved = head_at(pose, fx, fy);
    fx = x - moved.x;
    fy = y - moved.y;
  }
  double sx = fx;
  double sy = fy;
  for (const auto& act : script_.acts) {
    const double height = bump(at, act.onset.count(), act.apex.count(), act.offset.count());
    if (height <= 0) continue;
    const auto& middle = kPatches.at(static_cast<std::size_t>(act.region)).middle;
    const double dx = (fx - middle.x) / act.spread;
    const double dy = (fy - middle.y) / act.spread;
    const double share = height * std::exp(-(dx * dx + dy * dy) / 2);
    sx -= share * act.peak.x;
    sy -= share * act.peak.y;
  }
  for (const auto& blink : script_.blinks) {
    const double shut = closed(blink, at);
    if (shut <= 0) continue;
    sy = under_lid(right_eye_, sx, sy, shut);
    sy = under_lid(left_eye_, sx, sy, shut);
  }
  return {sx, sy};
}

image::Picture StagedFilm::bent(double at) const {
  const auto pose = pose_at(at);
  const auto back = image::inverse(place_);
  cv::Mat_<float> map_x(still_.height, still_.width), map_y(still_.height, still_.width);
  for (int y = 0; y < still_.height; ++y) {
    for (int x = 0; x < still_.width; ++x) {
      const auto p = back.apply({static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F});
      const auto source = source_of(pose, p.x, p.y, at);
      const auto seen = place_.apply({static_cast<float>(source.x), static_cast<float>(source.y)});
      map_x(y, x) = seen.x - 0.5F;
      map_y(y, x) = seen.y - 0.5F;
    }
  }
  auto picture = still_;
  auto target = image::view<cv::Mat>(picture);
  cv::remap(image::view<cv::Mat>(still_), target, map_x, map_y, cv::INTER_CUBIC,
            cv::BORDER_REPLICATE);
  return picture;
}

face::Detection StagedFilm::face_at(double at, std::size_t index) const {
  const auto pose = pose_at(at);
  std::mt19937_64 random{seed_of(script_.seed, index)};
  std::normal_distribution<float> tremble{0.0F, 1.0F};
  const auto moved = [&](const image::Point& rest) {
    const auto head = head_at(pose, rest.x, rest.y);
    auto point =
        place_.apply({rest.x + static_cast<float>(head.x), rest.y + static_cast<float>(head.y)});
    point.x += static_cast<float>(script_.tremble) * tremble(random);
    point.y += static_cast<float>(script_.tremble) * tremble(random);
    return point;
  };
  auto face = face_;
  face.points->right_eye = moved(right_eye_);
  face.points->left_eye = moved(left_eye_);
  face.points->mouth = moved(mouth_);
  return face;
}

StagedFrame StagedFilm::frame(std::size_t index) const {
  const double at = static_cast<double>(index) / script_.frames_per_second;
  StagedFrame staged{Seconds{at}, bent(at), face_at(at, index)};
  shoot(staged.picture, at, index);
  return staged;
}

/// Light, noise and compression.
void StagedFilm::shoot(image::Picture& picture, double at, std::size_t index) const {
  cv::Mat_<float> film;
  auto target = image::view<cv::Mat>(picture);
  target.convertTo(film, CV_32F);
  double gain = 1 + script_.flicker * std::sin(kTau * 9.3 * at);
  double slope = 0;
  for (const auto& light : script_.lights) {
    const double start = light.start.count();
    const double length = light.length.count();
    const double share = bump(at, start, start + length / 2, start + length);
    gain += share * (light.gain - 1);
    slope += share * light.slope;
  }
  cv::Mat_<float> light(1, film.cols);
  for (int x = 0; x < film.cols; ++x) {
    light(0, x) = static_cast<float>(gain + slope * (2.0 * x / film.cols - 1));
  }
  for (int y = 0; y < film.rows; ++y) film.row(y) = film.row(y).mul(light);
  if (script_.noise > 0) {
    cv::RNG random{seed_of(script_.seed, index)};
    cv::Mat_<float> noise(film.size());
    random.fill(noise, cv::RNG::NORMAL, 0.0, script_.noise);
    film += noise;
  }
  film.convertTo(target, CV_8U);
  if (script_.jpeg_quality == 0) return;
  const auto encoded = image::encode_jpeg(picture, script_.jpeg_quality);
  if (!encoded) return;  // it has pixels and the quality is in range
  if (auto decoded = image::decode(*encoded)) picture = image::grey(*decoded);
}

}  // namespace harmonic::motion
