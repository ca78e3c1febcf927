// evaluate/kernel_ridge.h - kernel ridge regression whose answers to left-out groups are exact and
// cost one inversion for all groups and pairs of groups.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace harmonic::evaluate {

/// Square, row-major, symmetric.
struct Square {
  std::size_t side = 0;
  std::vector<double> values;

  [[nodiscard]] double& at(std::size_t row, std::size_t column) {
    return values[row * side + column];
  }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const {
    return values[row * side + column];
  }
};

/// The lower triangle L of L L' = m; nothing when `m` is not positive definite.
[[nodiscard]] std::optional<Square> cholesky(Square m);

/// x of L L' x = b, in place of b.
void solve_cholesky(const Square& lower, std::span<double> b);

/// Fitted to all samples at once; says what it would have answered had it never seen some of them.
/// With G = (K + ridge I)^-1 and a = G y, the answers without the set S are y_S - (G_SS)^-1 a_S
/// (block inversion; for single samples known since Allen 1974, PRESS).
/// Threads  without() from any number at once.
class KernelRidge {
 public:
  /// `kernel` positive semidefinite, `ridge` > 0; `targets` holds `side` rows of `outputs` columns.
  /// Nothing when the sum is not positive definite in double.
  [[nodiscard]] static std::optional<KernelRidge> fit(Square kernel, double ridge,
                                                      std::vector<double> targets,
                                                      std::size_t outputs);

  /// `outputs` columns for each sample of `left_out`, from a fit to all the others.
  [[nodiscard]] std::vector<double> without(std::span<const std::size_t> left_out) const;

 private:
  KernelRidge() = default;

  Square inverse_;
  std::vector<double> targets_, weights_;
  std::size_t outputs_ = 0;
};

}  // namespace harmonic::evaluate
