#include "classic/geometry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <memory>

#include "face/align.h"
#include "image/transform.h"

namespace harmonic::classic {
namespace {

using Place = std::complex<float>;

constexpr float kLeastEyeDistance = 1;  ///< pixels

Place place_of(const image::Point& point) { return {point.x, point.y}; }

/// At `corner` between `a` and `b`, 0..pi; 0 when one of them is at the corner.
float angle_at(Place corner, Place a, Place b) {
  const Place turn = (a - corner) * std::conj(b - corner);
  return std::abs(turn) > 0 ? std::abs(std::arg(turn)) : 0;
}

/// Weighted middle and deviation along one direction.
struct Spread {
  double weight = 0, sum = 0, squares = 0;
  void add(double at, double w) {
    weight += w;
    sum += w * at;
    squares += w * at * at;
  }
  [[nodiscard]] double middle() const { return sum / weight; }
  [[nodiscard]] double deviation() const {
    return std::sqrt(std::max(0.0, squares / weight - middle() * middle()));
  }
};

/// A window of the upright face, cut into upright bands.
struct Window {
  int left, top, width, height, bands;
  bool across;  ///< whether the spread from left to right counts as well
};

constexpr float kUnit = face::kFer2013Frame.left_eye.x - face::kFer2013Frame.right_eye.x;

// In the frame of face/align.h: eyes at row 19, 18 apart; brows above, the mouth near row 37.
constexpr std::array kWindows{
    Window{7, 5, 15, 11, 3, false},    // the brow on the left of the picture
    Window{26, 5, 15, 11, 3, false},   // on the right
    Window{8, 14, 14, 10, 1, false},   // the eyes
    Window{26, 14, 14, 10, 1, false},  //
    Window{10, 28, 28, 18, 5, true}};  // the mouth

void add_shades(std::vector<float>& shades, const image::Picture& upright, const Window& window) {
  const auto at = [&](int row, int column) {
    return upright.pixels[static_cast<std::size_t>(window.top + row) *
                              static_cast<std::size_t>(upright.width) +
                          static_cast<std::size_t>(window.left + column)];
  };
  double mean = 0;
  for (int row = 0; row < window.height; ++row) {
    for (int column = 0; column < window.width; ++column) mean += at(row, column);
  }
  mean /= window.width * window.height;
  Spread across;
  std::vector<Spread> down(static_cast<std::size_t>(window.bands));
  for (int row = 0; row < window.height; ++row) {
    for (int column = 0; column < window.width; ++column) {
      // One more than the darkness, so that a plain band has its middle in the middle.
      const double dark = 1 + std::max(0.0, mean - at(row, column));
      down[static_cast<std::size_t>(column * window.bands / window.width)].add(row, dark);
      across.add(column, dark);
    }
  }
  for (const auto& band : down) {
    shades.push_back(static_cast<float>(band.middle() / kUnit));
    shades.push_back(static_cast<float>(band.deviation() / kUnit));
  }
  if (window.across) shades.push_back(static_cast<float>(across.deviation() / kUnit));
}

}  // namespace

std::optional<std::vector<float>> measures_of(const face::KeyPoints& points) {
  const Place right = place_of(points.right_eye), left = place_of(points.left_eye);
  const Place axis = left - right, origin = (left + right) / 2.0F;
  if (std::abs(axis) < kLeastEyeDistance) return std::nullopt;
  const auto seen = [&](const image::Point& point) { return (place_of(point) - origin) / axis; };
  const Place nose = seen(points.nose), mouth = seen(points.mouth);
  const Place eye_r{-0.5F, 0}, eye_l{0.5F, 0};
  std::vector<float> measures;
  for (const Place p : {nose, mouth, seen(points.right_ear), seen(points.left_ear)}) {
    measures.push_back(p.real());
    measures.push_back(p.imag());
  }
  for (const Place gap : {nose - mouth, eye_r - mouth, eye_l - mouth, eye_r - nose, eye_l - nose}) {
    measures.push_back(std::abs(gap));
  }
  measures.push_back(angle_at(mouth, eye_r, eye_l));
  measures.push_back(angle_at(nose, eye_r, eye_l));
  measures.push_back(angle_at(nose, mouth, 0));
  return measures;
}

std::vector<float> shades_of(const image::Picture& face, const face::KeyPoints& points) {
  const std::array from{points.right_eye, points.left_eye};
  const std::array to{face::kFer2013Frame.right_eye, face::kFer2013Frame.left_eye};
  const auto upright =
      image::warp(face, image::fit_similarity(from, to), face::kAlignedSide, face::kAlignedSide);
  std::vector<float> shades;
  for (const auto& window : kWindows) add_shades(shades, upright, window);
  return shades;
}

Result<Features> geometry_features(const std::filesystem::path& share) {
  HARMONIC_TRY(auto made, face::make_detector(face::DetectorKind::kBlazeFace, share));
  return Features{[detector = std::shared_ptr<const face::Detector>{std::move(made)}](
                      const image::Picture& face) -> Result<std::optional<std::vector<float>>> {
    HARMONIC_TRY(const auto finds, detector->find(image::colour(face)));
    const auto best = std::ranges::max_element(finds, {}, &face::Detection::confidence);
    if (best == finds.end() || !best->points) return std::nullopt;
    auto measures = measures_of(*best->points);
    if (!measures) return std::nullopt;
    const auto shades = shades_of(face, *best->points);
    measures->insert(measures->end(), shades.begin(), shades.end());
    return measures;
  }};
}

}  // namespace harmonic::classic
