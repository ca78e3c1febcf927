#include "face/detector.h"

#include <algorithm>

#include "face/blazeface.h"
#include "face/cascade.h"

namespace harmonic::face {

std::optional<DetectorKind> detector_named(std::string_view name) {
  const auto* const found = std::find(kDetectorNames.begin(), kDetectorNames.end(), name);
  if (found == kDetectorNames.end()) return std::nullopt;
  return static_cast<DetectorKind>(found - kDetectorNames.begin());
}

Result<std::unique_ptr<Detector>> make_detector(DetectorKind kind,
                                                const std::filesystem::path& share, Care care) {
  if (kind != DetectorKind::kBlazeFace) return make_cascade(kind);
  auto blazeface = make_blazeface(share / "models" / "blazeface" / "manifest.json", care);
  if (!blazeface && blazeface.error().kind == ErrorKind::kNotFound) {
    blazeface.error().message += " (tools/fetch_models.sh brings it)";
  }
  return blazeface;
}

Result<Chosen> best_detector(const std::filesystem::path& share, Care care) {
  std::string notice;
  for (const auto kind : {DetectorKind::kBlazeFace, DetectorKind::kHaar, DetectorKind::kLbp}) {
    auto detector = make_detector(kind, share, care);
    if (detector) return Chosen{kind, *std::move(detector), std::move(notice)};
    if (!notice.empty()) notice += "; ";
    notice += detector.error().message;
  }
  return fail(ErrorKind::kNotFound, "no face finder can be used: " + notice);
}

}  // namespace harmonic::face
