#include "face/finder.h"

#include <algorithm>
#include <utility>

#include "face/align.h"
#include "image/transform.h"

namespace harmonic::face {

Finder::Finder(DetectorKind kind, std::unique_ptr<const Detector> detector, std::string notice)
    : kind_{kind}, detector_{std::move(detector)}, notice_{std::move(notice)} {}

Result<Finder> Finder::open(const std::filesystem::path& share, std::optional<DetectorKind> kind,
                            Care care) {
  if (kind) {
    HARMONIC_TRY(auto detector, make_detector(*kind, share, care));
    return Finder{*kind, std::move(detector), ""};
  }
  HARMONIC_TRY(auto best, best_detector(share, care));
  return Finder{best.kind, std::move(best.detector), std::move(best.notice)};
}

Result<Faces> Finder::find(const image::Picture& picture) const {
  const image::Picture colour = image::colour(picture);
  HARMONIC_TRY(const auto detections, detector_->find(colour));
  return judge(colour, detections);
}

Result<std::vector<Detection>> Finder::detect(const image::Picture& picture) const {
  return detector_->find(image::colour(picture));
}

Faces Finder::judge(const image::Picture& picture, std::span<const Detection> detections) {
  Faces found;
  for (const Detection& detection : detections) {
    FoundFace face{detection.box, detection.confidence, align(picture, detection), {}, 0.0F};
    face.doubt = doubt_of(detection, face.aligned);
    if (!face.doubt) face.quality = quality_of(detection, face.aligned);
    found.faces.push_back(std::move(face));
  }
  if (found.faces.empty()) {
    found.doubt = brightness(picture) < kDarkPicture ? Doubt::kTooDark : Doubt::kNoFace;
  } else if (std::all_of(found.faces.begin(), found.faces.end(),
                         [](const FoundFace& face) { return face.doubt.has_value(); })) {
    found.doubt = found.faces.front().doubt;
  }
  return found;
}

}  // namespace harmonic::face
