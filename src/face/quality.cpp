#include "face/quality.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "face/align.h"

namespace harmonic::face {

double brightness(const image::Picture& picture) {
  if (picture.empty()) return 0;
  const auto sum = std::accumulate(picture.pixels.begin(), picture.pixels.end(), std::uint64_t{0});
  return static_cast<double>(sum) / static_cast<double>(picture.pixels.size());
}

double sharpness(const image::Picture& grey) {
  assert(grey.channels == 1);
  const int width = grey.width, height = grey.height;
  // Background and hair at the rim say nothing about the face; the Laplacian needs one pixel more.
  const int side = std::max(1, width / 6), top = std::max(1, height / 6);
  const auto at = [&](int x, int y) {
    return static_cast<double>(
        grey.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                    static_cast<std::size_t>(x)]);
  };
  double count = 0, sum = 0, squares = 0, edges = 0, edge_squares = 0;
  for (int y = top; y < height - top; ++y) {
    for (int x = side; x < width - side; ++x) {
      const double value = at(x, y);
      const double edge = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * value;
      count += 1;
      sum += value;
      squares += value * value;
      edges += edge;
      edge_squares += edge * edge;
    }
  }
  if (count == 0) return 0;
  const double spread = squares / count - (sum / count) * (sum / count);
  const double detail = edge_squares / count - (edges / count) * (edges / count);
  return detail / std::max(1.0, spread);  // less than one grey level is no contrast
}

double turn(const KeyPoints& points) {
  const image::Point &right = points.right_eye, &left = points.left_eye;
  const double across = left.x - right.x, down = left.y - right.y;
  const double apart = across * across + down * down;
  if (apart <= 0) return 0;
  const double x = points.nose.x - (right.x + left.x) / 2;
  const double y = points.nose.y - (right.y + left.y) / 2;
  return std::abs(x * across + y * down) / apart;
}

double nod(const KeyPoints& points) {
  const double x = (points.right_eye.x + points.left_eye.x) / 2.0;
  const double y = (points.right_eye.y + points.left_eye.y) / 2.0;
  const double across = points.mouth.x - x, down = points.mouth.y - y;
  const double apart = across * across + down * down;
  if (apart <= 0) return 0.5;
  return ((points.nose.x - x) * across + (points.nose.y - y) * down) / apart;
}

std::optional<Doubt> doubt_of(const Detection& face, const image::Picture& aligned) {
  if (std::min(face.box.width, face.box.height) < kSmallFace) return Doubt::kTooSmall;
  if (brightness(aligned) < kDarkFace) return Doubt::kTooDark;
  if (face.points && turn(*face.points) > kTurnedFace) return Doubt::kTurnedAway;
  if (sharpness(aligned) < kBlurredFace) return Doubt::kTooBlurred;
  return std::nullopt;
}

float quality_of(const Detection& face, const image::Picture& aligned) {
  const auto share = [](double value, double good) { return std::clamp(value / good, 0.0, 1.0); };
  const double turned = face.points ? turn(*face.points) / kTurnedFace : 0.0;
  const double side = std::min(face.box.width, face.box.height);
  return static_cast<float>(
      share(side, double{kFer2013BoxSide}) * share(brightness(aligned), 3 * kDarkFace) *
      share(sharpness(aligned), 3 * kBlurredFace) * std::max(0.0, 1 - turned * turned));
}

}  // namespace harmonic::face
