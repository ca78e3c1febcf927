#include "session/read_face.h"

namespace harmonic::session {

Result<ReadFace> read_face(const affect::Classifier& classifier, const face::FoundFace& found) {
  if (found.doubt) return ReadFace{std::nullopt, face::name_of(*found.doubt)};
  HARMONIC_TRY(const auto reading, classifier.classify(found.aligned));
  return ReadFace{reading, reading.unsure() ? affect::kUnsure : std::string_view{}};
}

}  // namespace harmonic::session
