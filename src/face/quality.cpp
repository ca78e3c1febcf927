#include "face/quality.h"

namespace harmonic::face {

bool too_dark(const image::Picture& picture) {
  double sum = 0;
  for (const auto v : picture.pixels) sum += v;
  return picture.empty() || sum / static_cast<double>(picture.pixels.size()) < 8.0;
}

std::optional<Doubt> doubt_of(const Detection& face, const image::Picture& aligned) {
  static_cast<void>(face);
  if (too_dark(aligned)) return Doubt::kTooDark;
  return std::nullopt;
}

}  // namespace harmonic::face
