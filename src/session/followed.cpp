#include "session/followed.h"

#include <algorithm>
#include <cmath>

namespace harmonic::session {

namespace {

/// Area, halved at the picture's corners; 0 for a face that cannot be read.
float claim(const SeenFace& face, const Look& look) {
  if (!face.expression) return 0;
  const auto& [x, y, width, height] = face.box;
  const auto right = static_cast<float>(look.width), bottom = static_cast<float>(look.height);
  const float away = std::hypot(x + width / 2 - right / 2, y + height / 2 - bottom / 2);
  const float half_diagonal = std::max(1.0F, std::hypot(right, bottom) / 2);
  return width * height * (1 - std::min(1.0F, away / half_diagonal) / 2);
}

}  // namespace

bool Followed::take(const Look& look, motion::Seconds at) {
  const auto& faces = look.faces;
  const bool visible = std::any_of(faces.begin(), faces.end(),
                                   [this](const SeenFace& face) { return face.id == id_; });
  if (visible) seen_ = at;
  if (id_ && at - seen_ < kGone) return false;
  const auto best = std::max_element(faces.begin(), faces.end(),
                                     [&look](const SeenFace& one, const SeenFace& other) {
                                       return claim(one, look) < claim(other, look);
                                     });
  if (best == faces.end() || claim(*best, look) <= 0) return false;
  id_ = best->id;
  seen_ = at;
  return true;
}

}  // namespace harmonic::session
