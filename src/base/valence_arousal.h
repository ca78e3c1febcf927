// base/valence_arousal.h - the plane in which a listener's mood and a song's mood meet.
#pragma once

#include <algorithm>
#include <cmath>

namespace harmonic {

/// A point in the valence/arousal plane: valence -1 unpleasant .. 1 pleasant, arousal -1 calm .. 1
/// excited. Both always finite and within [-1, 1].
/// Source  Russell, "A circumplex model of affect", J. Pers. Soc. Psychol. 39 (1980), 1161-1178.
class ValenceArousal {
 public:
  constexpr ValenceArousal() = default;

  /// Takes any finite pair and clamps it into the plane; NaN becomes 0, the neutral middle.
  [[nodiscard]] static ValenceArousal clamped(double valence, double arousal) {
    const auto inside = [](double x) { return std::isnan(x) ? 0.0 : std::clamp(x, -1.0, 1.0); };
    ValenceArousal point;
    point.valence_ = static_cast<float>(inside(valence));
    point.arousal_ = static_cast<float>(inside(arousal));
    return point;
  }

  [[nodiscard]] constexpr float valence() const { return valence_; }
  [[nodiscard]] constexpr float arousal() const { return arousal_; }

  /// Euclidean distance, 0 .. sqrt(8).
  [[nodiscard]] friend float distance(ValenceArousal a, ValenceArousal b) {
    return std::hypot(a.valence_ - b.valence_, a.arousal_ - b.arousal_);
  }
  friend constexpr bool operator==(ValenceArousal, ValenceArousal) = default;

 private:
  float valence_ = 0.0F;
  float arousal_ = 0.0F;
};

}  // namespace harmonic
