// session/camera_eyes.h - the eyes that ship: face finder, tracker, expression network, spotter of
// movements and recogniser joined.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "affect/classifier.h"
#include "base/result.h"
#include "face/finder.h"
#include "session/acquaintances.h"
#include "session/eyes.h"

namespace harmonic::session {

class CameraEyes final : public Eyes {
 public:
  /// Faces beyond this many, smaller than all before, get a box and no expression: each costs a run
  /// of the network. The face asked for is always read.
  static constexpr std::size_t kMostRead = 4;
  /// A camera's picture is far smaller; one that is larger would keep the others waiting.
  static constexpr std::int64_t kMostPixels = 4'000'000;
  /// A face that is not found for as long keeps its number: at four pictures a second, a glance
  /// aside is a handful of pictures.
  static constexpr motion::Seconds kLostAfter{2.0};

  CameraEyes(face::Finder finder, affect::Classifier classifier,
             std::optional<Acquaintances> acquaintances = std::nullopt)
      : finder_{std::move(finder)},
        classifier_{std::move(classifier)},
        acquaintances_{std::move(acquaintances)} {}

  /// Its gazes decode, find, follow, judge, align and classify. What fails on the way is
  /// "unreadable".
  [[nodiscard]] std::unique_ptr<Gaze> open() override;
  [[nodiscard]] bool knows_listeners() const override { return acquaintances_.has_value(); }

 private:
  face::Finder finder_;
  affect::Classifier classifier_;
  std::optional<Acquaintances> acquaintances_;
};

}  // namespace harmonic::session
