// classic/projection.h - many numbers into few: what varies most, and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "classic/rows.h"

namespace harmonic::classic {

/// kCentre takes the mean away; kStandardise also divides each number by its deviation, for numbers
/// of different units.
enum class Scaling : std::uint8_t { kCentre, kStandardise };

/// Principal components of a sample. The result is scaled so that the sample's mean squared length
/// is 1: a kernel's width then means the same for every kind of features.
/// Source  Turk and Pentland, "Eigenfaces for recognition", J. Cognitive Neuroscience 3 (1991). The
///         axes come from orthogonal iteration with a Rayleigh-Ritz step (Golub and Van Loan,
///         Matrix Computations, 8.2): the library's full decomposition of 2,304 numbers takes
///         minutes, and 150 axes are wanted.
class Projection {
 public:
  /// At most `most` axes. Errors  kInvalidInput: fewer than two rows.
  [[nodiscard]] static Result<Projection> fit(const Rows& sample, Scaling scaling,
                                              std::size_t most);

  /// `row` is as wide as the sample's. [width()]
  [[nodiscard]] std::vector<float> apply(std::span<const float> row) const;

  [[nodiscard]] std::size_t width() const { return width_; }

 private:
  std::size_t width_ = 0;
  std::vector<float> mean_;
  std::vector<float> factor_;  ///< one over the deviation, or 1
  std::vector<float> axes_;    ///< [features, width_]
};

}  // namespace harmonic::classic
