// session/gate.h - when a mood that moves is a new mood: the queue follows a change, not a tremor.
#pragma once

#include <chrono>
#include <optional>

#include "base/valence_arousal.h"

namespace harmonic::session {

/// Holds the mood that was last acted on. A new one passes when it is more than `step` away (in the
/// plane, [0, sqrt 8]) and the held one is at least `dwell` old. A mood that is kept out by `dwell`
/// is not forgotten: whoever asks again later with the same mood gets it through.
class Gate {
 public:
  using Time = std::chrono::steady_clock::time_point;
  struct Rule {
    float step;
    std::chrono::milliseconds dwell;
  };

  /// Whether `mood` is to be acted on now; if so it is held from now on.
  [[nodiscard]] bool passes(ValenceArousal mood, Rule rule, Time now) {
    if (held_ && (now - since_ < rule.dwell || distance(*held_, mood) <= rule.step)) return false;
    held_ = mood;
    since_ = now;
    return true;
  }

  void clear() { held_.reset(); }
  [[nodiscard]] const std::optional<ValenceArousal>& held() const { return held_; }

 private:
  std::optional<ValenceArousal> held_;
  Time since_{};
};

}  // namespace harmonic::session
