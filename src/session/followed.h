// session/followed.h - which of the faces before the camera is the listener's.
#pragma once

#include <optional>

#include "session/eyes.h"

namespace harmonic::session {

/// At first the largest and most central face that can be read; then the same one, whatever others
/// do. When it has not been seen for kGone, the next that can be read takes its place. A face that
/// comes back with another number is another face: whether it is the same person is not asked here.
/// Threads  one at a time.
class Followed {
 public:
  static constexpr motion::Seconds kGone{0.7};  ///< as affect::Smoother: then there is no mood

  /// The faces of the next picture. Returns  whether another face is followed from now on.
  bool take(const Look& look, motion::Seconds at);
  void nobody() { id_.reset(); }

  [[nodiscard]] const std::optional<int>& id() const { return id_; }

 private:
  std::optional<int> id_;
  motion::Seconds seen_{0};
};

}  // namespace harmonic::session
