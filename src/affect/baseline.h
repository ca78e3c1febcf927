// affect/baseline.h - one listener's face at rest, taken out of what is read later.
#pragma once

#include <array>
#include <span>

#include "affect/emotion.h"
#include "base/result.h"

namespace harmonic::affect {

/// Some faces look sad or angry when they rest. From a few seconds in which the listener looks at
/// the camera without an expression, this learns by how much each expression's log-odds against
/// neutral stand above those of an ordinary face at rest, and takes that away from every later
/// reading, never more than kMost: what a clear expression says stays said.
///
/// Source  a correction of the intercepts, as when a classifier meets other prior odds than it was
///         trained with: Saerens, Latinne and Decaestecker, Neural Computation 14 (2002), 21-41.
///         The constants: decision 0062.
class Baseline {
 public:
  static constexpr std::size_t kFewest = 15;  ///< readings: three seconds at five a second
  static constexpr float kAtRest = -2.0F;     ///< log-odds that nobody is corrected below: 1 to 7.4
  static constexpr float kMost = 1.0F;        ///< of a correction, in log-odds: odds of 2.7
  static constexpr float kNoRest = 3.2F;      ///< mean log-odds of a face that shows something
  static constexpr float kUnsteady = 1.0F;    ///< standard deviation of log-odds of one that moves

  /// Corrects nothing.
  Baseline() = default;

  /// `rest` are the readings of the capture, in any order.
  /// Errors  kInvalidInput, told for the listener: fewer than kFewest readings; an expression
  ///         stands out at odds of 25 to 1; the face did not keep still.
  [[nodiscard]] static Result<Baseline> learn(std::span<const EmotionScores> rest);

  /// Corrected scores; they sum to 1 again.
  [[nodiscard]] EmotionScores apply(const EmotionScores& scores) const;

  /// What is added to the log-odds of each expression against neutral: in [-kMost, 0].
  [[nodiscard]] const std::array<float, kEmotionCount>& correction() const { return correction_; }

 private:
  std::array<float, kEmotionCount> correction_{};
};

}  // namespace harmonic::affect
