// session/gate.h - when a mood that moves is a new mood: the queue follows a change, not a tremor.
#pragma once

#include <chrono>
#include <optional>

#include "base/valence_arousal.h"

namespace harmonic::session {

/// Holds the mood that was last acted on. A new one passes when the mood has been more than `step`
/// away from it (in the plane, [0, sqrt 8]) for at least `settle`, whatever its way meanwhile; a
/// mood that comes back in time was a tremor.
class Gate {
 public:
  using Time = std::chrono::steady_clock::time_point;
  struct Rule {
    float step;
    std::chrono::milliseconds settle;
  };

  /// Whether `mood` is to be acted on now; if so it is held from now on. The first mood passes at
  /// once. To be asked a few times a second.
  [[nodiscard]] bool passes(ValenceArousal mood, Rule rule, Time now) {
    if (held_) {
      if (distance(*held_, mood) <= rule.step) {
        away_since_.reset();
        return false;
      }
      if (!away_since_) away_since_ = now;
      if (now - *away_since_ < rule.settle) return false;
    }
    held_ = mood;
    away_since_.reset();
    return true;
  }

  /// There is no mood now: being away begins anew with the next one.
  void lost() { away_since_.reset(); }

  [[nodiscard]] const std::optional<ValenceArousal>& held() const { return held_; }

 private:
  std::optional<ValenceArousal> held_;
  std::optional<Time> away_since_;
};

}  // namespace harmonic::session
