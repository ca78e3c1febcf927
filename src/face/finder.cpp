#include "face/finder.h"

#include <algorithm>
#include <utility>

#include "face/align.h"
#include "image/transform.h"

namespace harmonic::face {

Finder::Finder(Chosen chosen, std::optional<CoverReader> covers)
    : kind_{chosen.kind},
      detector_{std::move(chosen.detector)},
      covers_{std::move(covers)},
      notice_{std::move(chosen.notice)} {}

Result<Finder> Finder::open(const std::filesystem::path& share, std::optional<DetectorKind> kind,
                            Care care) {
  Chosen chosen;
  if (kind) {
    HARMONIC_TRY(chosen.detector, make_detector(*kind, share, care));
    chosen.kind = *kind;
  } else {
    HARMONIC_TRY(chosen, best_detector(share, care));
  }
  auto covers = CoverReader::open(share);
  if (covers) return Finder{std::move(chosen), *std::move(covers)};
  if (covers.error().kind != ErrorKind::kNotFound) return tl::unexpected{covers.error()};
  if (!chosen.notice.empty()) chosen.notice += "; ";
  chosen.notice += "no face is called covered: " + covers.error().message;
  return Finder{std::move(chosen), std::nullopt};
}

Result<Faces> Finder::find(const image::Picture& picture) const {
  const image::Picture colour = image::colour(picture);
  HARMONIC_TRY(const auto detections, detector_->find(colour));
  return judge(colour, detections);
}

Result<std::vector<Detection>> Finder::detect(const image::Picture& picture) const {
  return detector_->find(image::colour(picture));
}

Result<FoundFace> Finder::judge(const image::Picture& picture, const Detection& detection) const {
  FoundFace face{detection.box, detection.confidence, align(picture, detection), {}, 0.0F};
  face.doubt = doubt_of(detection, face.aligned);
  if (!face.doubt && detection.points && covers_) {
    HARMONIC_TRY(const auto hidden, covers_->read(face.aligned));
    if (hidden.any()) face.doubt = Doubt::kCovered;
  }
  if (!face.doubt) face.quality = quality_of(detection, face.aligned);
  return face;
}

Result<Faces> Finder::judge(const image::Picture& picture,
                            std::span<const Detection> detections) const {
  Faces found;
  for (const Detection& detection : detections) {
    HARMONIC_TRY(auto face, judge(picture, detection));
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
