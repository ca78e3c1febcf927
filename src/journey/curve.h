// journey/curve.h - the way through the plane that a journey takes.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/valence_arousal.h"

namespace harmonic::journey {

/// A curve from the first point through the others in their order to the last; between two points
/// lies a leg. Straight between two points; through more a centripetal Catmull-Rom spline, which
/// makes no loop or cusp within a leg, held within the plane.
/// Source  Catmull and Rom, "A class of local interpolating splines", 1974; Yuksel, Schaefer and
///         Keyser, "Parameterization and applications of Catmull-Rom curves", Computer-Aided
///         Design 43 (2011), for the centripetal form.
class Curve {
 public:
  /// At least two points. One that lies on the point before it (kSamePlace) is passed over, but
  /// never the last.
  [[nodiscard]] static Curve through(std::span<const ValenceArousal> points);

  static constexpr float kSamePlace = 1e-3F;

  [[nodiscard]] float length() const { return along_.back(); }  ///< in the plane's unit; may be 0
  [[nodiscard]] std::size_t legs() const { return leg_ends_.size(); }  ///< at least 1
  [[nodiscard]] std::span<const ValenceArousal> leg_ends() const { return leg_ends_; }

  /// The point at `share` of the length, in [0, 1].
  [[nodiscard]] ValenceArousal at(double share) const;
  /// The leg on which that point lies; where two meet, the one that ends there.
  [[nodiscard]] std::size_t leg_at(double share) const;
  /// As a line of short pieces, to be drawn; the first and the last point are the curve's.
  [[nodiscard]] std::span<const ValenceArousal> line() const { return line_; }

 private:
  std::vector<ValenceArousal> line_;
  std::vector<float> along_;  ///< length of the curve up to each point of line_
  std::vector<ValenceArousal> leg_ends_;
  std::vector<float> leg_lengths_;  ///< length of the curve up to each of leg_ends_
};

}  // namespace harmonic::journey
