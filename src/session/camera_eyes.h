// session/camera_eyes.h - the eyes that ship: face finder and expression network joined.
#pragma once

#include <filesystem>
#include <memory>

#include "affect/classifier.h"
#include "base/result.h"
#include "face/finder.h"
#include "session/eyes.h"

namespace harmonic::session {

class CameraEyes final : public Eyes {
 public:
  /// Faces beyond this many, smaller than all before, get a box and no expression: each costs a run
  /// of the network, and the listener is the nearest.
  static constexpr std::size_t kMostRead = 4;
  /// A camera's picture is far smaller; one that is larger would keep the others waiting.
  static constexpr std::int64_t kMostPixels = 4'000'000;

  CameraEyes(face::Finder finder, affect::Classifier classifier)
      : finder_{std::move(finder)}, classifier_{std::move(classifier)} {}

  /// Decodes, finds, judges, aligns and classifies. What fails on the way is "unreadable".
  [[nodiscard]] Look look(std::span<const std::byte> encoded) override;

 private:
  face::Finder finder_;
  affect::Classifier classifier_;
};

}  // namespace harmonic::session
