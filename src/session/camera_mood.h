// session/camera_mood.h - the expressions of single pictures, made into one mood over time.
#pragma once

#include <optional>

#include "session/eyes.h"

namespace harmonic::session {

/// Exponential average of scores and points; half of the evidence is younger than kHalfLife.
class CameraMood {
 public:
  static constexpr double kHalfLifeMs = 700.0;
  static constexpr double kForgotten = 0.02;  ///< share of evidence below which there is no mood

  /// `at_ms` grows from call to call (others are ignored). Without an expression the memory fades.
  void see(double at_ms, const std::optional<Expression>& expression);
  [[nodiscard]] std::optional<Expression> now() const;
  void clear() { *this = {}; }

 private:
  std::optional<double> last_ms_;
  Expression sum_;
  double valence_ = 0;
  double arousal_ = 0;
  double weight_ = 0;
};

}  // namespace harmonic::session
