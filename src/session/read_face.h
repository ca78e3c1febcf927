// session/read_face.h - the one rule for when a found face may be read, for cameras and files
// alike.
#pragma once

#include <optional>
#include <string_view>

#include "affect/classifier.h"
#include "base/result.h"
#include "face/finder.h"

namespace harmonic::session {

/// A face with what it shows, or with why that must not be acted on.
struct ReadFace {
  std::optional<affect::Reading> reading;  ///< empty when the finder doubts the face
  std::string_view reason;  ///< in the words of docs/protocol.md; empty when nothing is against it
};

/// Errors  those of affect::Classifier::classify.
[[nodiscard]] Result<ReadFace> read_face(const affect::Classifier& classifier,
                                         const face::FoundFace& found);

}  // namespace harmonic::session
