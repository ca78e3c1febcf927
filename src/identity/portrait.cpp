#include "identity/portrait.h"

#include <algorithm>
#include <array>
#include <utility>

#include "face/align.h"
#include "image/transform.h"

namespace harmonic::identity {

namespace {

/// The picture with half its longer side around it, its edge repeated.
image::Picture with_margin(const image::Picture& picture) {
  const int margin = std::max(picture.width, picture.height) / 2;
  const auto shift = static_cast<float>(margin);
  return image::warp(picture, {1, 0, shift, shift}, picture.width + 2 * margin,
                     picture.height + 2 * margin);
}

}  // namespace

image::Picture whole_portrait(const image::Picture& picture) {
  return image::resize(image::grey(picture), kPortraitWidth, kPortraitHeight);
}

image::Picture portrait_of(const image::Picture& picture, const face::Detection& face) {
  if (!face.points) return {};
  const std::array from{face.points->right_eye, face.points->left_eye, face.points->mouth};
  const std::array to{kRightEye, kLeftEye, kMouth};
  return image::warp(image::grey(picture), image::fit_similarity(from, to), kPortraitWidth,
                     kPortraitHeight);
}

Portraitist::Portraitist(std::unique_ptr<const face::Detector> detector)
    : detector_{std::move(detector)} {}

Result<Portraitist> Portraitist::open(const std::filesystem::path& share) {
  HARMONIC_TRY(auto detector, face::make_detector(face::DetectorKind::kBlazeFace, share));
  return Portraitist{std::move(detector)};
}

Result<std::optional<Portrait>> Portraitist::paint(const image::Picture& picture) const {
  image::Picture looked_at = image::colour(picture);
  HARMONIC_TRY(auto faces, detector_->find(looked_at));
  if (faces.empty()) {
    looked_at = with_margin(looked_at);
    HARMONIC_TRY(faces, detector_->find(looked_at));
  }
  if (faces.empty() || !faces.front().points) return std::optional<Portrait>{};
  const auto& largest = faces.front();
  return Portrait{portrait_of(looked_at, largest),
                  face::doubt_of(largest, face::align(looked_at, largest)), faces.size()};
}

}  // namespace harmonic::identity
