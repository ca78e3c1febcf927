// session/eyes.h - what one picture shows, as a session needs it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "affect/emotion.h"
#include "base/valence_arousal.h"
#include "image/picture.h"
#include "motion/movement.h"

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
  int id = 0;               ///< from 1; the same for as long as it is to be seen, never given again
  std::string_view reason;  ///< against acting on its expression, as Look::reason
};

/// One picture looked at. `reason` says why nothing in it must be acted on, in the words of
/// docs/protocol.md ("no_face", "too_dark", ...).
struct Look {
  int width = 0;
  int height = 0;
  std::string_view reason;      ///< of static lifetime; empty when there is nothing against it
  std::vector<SeenFace> faces;  ///< largest first
  std::vector<motion::Movement> movements = {};  ///< known now to be over; on the sender's clock
  std::optional<std::string> name = {};          ///< of the enrolled listener asked for, if any
  std::optional<int> followed = {};              ///< whose mood counts; set by the session
};

/// What a session wants to know of its listener's face beside the expression; each costs time.
struct Question {
  std::optional<int> face;  ///< SeenFace::id of the listener; without it there are no answers
  bool movements = false;   ///< the face's brief movements; wants 25 pictures a second
  bool name = false;        ///< which enrolled listener it is
};

/// One session's view through its camera: faces keep their numbers from picture to picture.
/// Threads  one call at a time.
class Gaze {
 public:
  Gaze() = default;
  Gaze(const Gaze&) = delete;
  Gaze& operator=(const Gaze&) = delete;
  virtual ~Gaze() = default;

  /// `encoded` is a JPEG, PNG or WebP from a stranger; what cannot be decoded is "unreadable". `at`
  /// counts from any fixed moment; one that does not grow is taken as the same moment.
  [[nodiscard]] virtual Look look(std::span<const std::byte> encoded, motion::Seconds at,
                                  const Question& question) = 0;
};

/// What all sessions see with. Threads: open() any; gazes one call at a time, of all together.
class Eyes {
 public:
  Eyes() = default;
  Eyes(const Eyes&) = delete;
  Eyes& operator=(const Eyes&) = delete;
  virtual ~Eyes() = default;

  /// The eyes outlive the gaze.
  [[nodiscard]] virtual std::unique_ptr<Gaze> open() = 0;
  /// Whether Question::name can be answered.
  [[nodiscard]] virtual bool knows_listeners() const { return false; }
};

}  // namespace harmonic::session
