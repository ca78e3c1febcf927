// apps/harmonic/see_look.h - what `harmonic see` learns of one picture, and the two ways to show
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "affect/classifier.h"
#include "affect/smoother.h"
#include "base/result.h"
#include "face/finder.h"
#include "image/picture.h"
#include "motion/movement.h"

namespace harmonic::app {

/// One face: with a reading, or with why it has none (a name of docs/protocol.md).
struct LookedAt {
  image::Box box;
  float confidence = 0.0F;
  float quality = 0.0F;  ///< how well it could be seen, [0, 1]
  std::optional<affect::Reading> reading;
  std::string_view reason;           ///< empty when there is nothing against the reading
  std::optional<int> id;             ///< of its track; films only
  std::optional<affect::Mood> mood;  ///< films only
};

/// A brief movement of one face of a film.
struct Event {
  int id = 0;  ///< of its track
  motion::Movement movement;
};

struct Look {
  std::string_view reason;  ///< why nothing can be said of the picture; empty when something can
  std::vector<LookedAt> faces;
  bool of_film = false;
  std::optional<affect::Mood> mood;  ///< of the main face of a film
  /// What is known to be over by this frame of a film, up to a second after it was.
  std::vector<Event> events;
};

/// Finder, then classifier. Without a finder the whole picture is one aligned face.
class Looker {
 public:
  Looker(std::optional<face::Finder> finder, affect::Classifier classifier)
      : finder_{std::move(finder)}, classifier_{std::move(classifier)} {}

  [[nodiscard]] Result<Look> look(const image::Picture& picture) const;
  /// The same for faces that were found already.
  [[nodiscard]] Result<Look> read(const face::Faces& found) const;

  /// Null when whole pictures are faces.
  [[nodiscard]] const face::Finder* finder() const { return finder_ ? &*finder_ : nullptr; }

 private:
  std::optional<face::Finder> finder_;
  affect::Classifier classifier_;
};

/// One JSON object on one line, valid for any file name; `seconds` for frames of a film. `error`
/// goes with a file that could not be read, whose look has the reason "unreadable".
[[nodiscard]] std::string json_line(const std::string& file, std::optional<double> seconds,
                                    const Look& look, const std::string& error = "");

/// The same in words; the error itself is for stderr.
[[nodiscard]] std::string words(const std::string& file, std::optional<double> seconds,
                                const Look& look);

/// The picture with boxes and the leading expressions beside each; of a film those of its mood.
[[nodiscard]] image::Picture drawn(const image::Picture& picture, const Look& look);

}  // namespace harmonic::app
