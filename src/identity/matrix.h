// identity/matrix.h - the little linear algebra that training needs.
//
// Plain loops in a fixed order: a library that splits the work by the number of cores would give
// other last digits, and so other digests, on another machine.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::identity {

/// Row-major; `values.size()` is rows * columns.
struct Matrix {
  std::size_t rows = 0, columns = 0;
  std::vector<float> values;

  Matrix() = default;
  Matrix(std::size_t height, std::size_t width)
      : rows{height}, columns{width}, values(height * width) {}

  [[nodiscard]] std::span<float> row(std::size_t i) {
    return std::span{values}.subspan(i * columns, columns);
  }
  [[nodiscard]] std::span<const float> row(std::size_t i) const {
    return std::span{values}.subspan(i * columns, columns);
  }
};

[[nodiscard]] Matrix transposed(const Matrix& matrix);

/// `left.columns` equals `right.rows`.
[[nodiscard]] Matrix multiply(const Matrix& left, const Matrix& right);

/// Mean of the rows, f32 [columns]; at least one row.
[[nodiscard]] std::vector<float> mean_row(const Matrix& matrix);

/// Every row less `row`.
[[nodiscard]] Matrix less(Matrix matrix, std::span<const float> row);

/// Directions of unit length, one a row, the longest first, and the mean square along each.
struct Axes {
  std::vector<double> squares;
  Matrix directions;
};

/// All eigenvectors of a symmetric matrix.
[[nodiscard]] Axes axes_of(const Matrix& symmetric);

/// The `count` directions along which rows (of mean 0) differ most, by five rounds of subspace
/// iteration over the rows' products, from a fixed random start. `count` is below the number of
/// rows; the last directions are approximate.
/// Source  Halko, Martinsson, Tropp, "Finding structure with randomness", SIAM Review 53 (2011).
[[nodiscard]] Axes principal_axes(const Matrix& centred, std::size_t count);

}  // namespace harmonic::identity
