// session/eyes.h - what one picture shows, as a session needs it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "affect/emotion.h"
#include "base/valence_arousal.h"
#include "image/picture.h"

namespace harmonic::session {

/// What a face shows: the scores and the point in the plane that they mean.
struct Expression {
  affect::EmotionScores scores{};
  ValenceArousal point;
  float quality = 1.0F;  ///< of the view, [0, 1]: the reading's weight among others
};

/// A face with a box in pixels of the picture. One that is too dark, small, blurred or turned away
/// to be read has no expression.
struct SeenFace {
  image::Box box;
  float confidence = 0.0F;  ///< of the finder, [0, 1]
  std::optional<Expression> expression;
};

/// One picture looked at. `reason` says why its expression must not be acted on, in the words of
/// docs/protocol.md ("no_face", "too_dark", ...).
struct Look {
  int width = 0;
  int height = 0;
  std::string_view reason;      ///< of static lifetime; empty when there is nothing against it
  std::vector<SeenFace> faces;  ///< largest first

  /// The listener's expression: that of the largest face which has one. Null with a reason.
  [[nodiscard]] const Expression* readable() const {
    if (!reason.empty()) return nullptr;
    for (const auto& face : faces) {
      if (face.expression) return &*face.expression;
    }
    return nullptr;
  }
};

/// Looks at encoded pictures. Threads: one call at a time.
class Eyes {
 public:
  Eyes() = default;
  Eyes(const Eyes&) = delete;
  Eyes& operator=(const Eyes&) = delete;
  virtual ~Eyes() = default;

  /// `encoded` is a JPEG, PNG or WebP from a stranger; what cannot be decoded is "unreadable".
  [[nodiscard]] virtual Look look(std::span<const std::byte> encoded) = 0;
};

}  // namespace harmonic::session
