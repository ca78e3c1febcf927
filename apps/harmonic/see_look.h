// apps/harmonic/see_look.h - what `harmonic see` learns of one picture, and the two ways to show
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "affect/classifier.h"
#include "base/result.h"
#include "face/finder.h"
#include "image/picture.h"

namespace harmonic::app {

/// One face: with a reading, or with why it has none (a name of docs/protocol.md).
struct LookedAt {
  image::Box box;
  float confidence = 0.0F;
  std::optional<affect::Reading> reading;
  std::string_view reason;  ///< empty when there is nothing against the reading
};

struct Look {
  std::string_view reason;  ///< why nothing can be said of the picture; empty when something can
  std::vector<LookedAt> faces;
};

/// Finder, then classifier. Without a finder the whole picture is one aligned face.
class Looker {
 public:
  Looker(std::optional<face::Finder> finder, affect::Classifier classifier)
      : finder_{std::move(finder)}, classifier_{std::move(classifier)} {}

  [[nodiscard]] Result<Look> look(const image::Picture& picture) const;

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

/// The picture with boxes, the leading expressions beside each, and the point in words.
[[nodiscard]] image::Picture drawn(const image::Picture& picture, const Look& look);

}  // namespace harmonic::app
