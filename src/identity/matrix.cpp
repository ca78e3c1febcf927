#include "identity/matrix.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>
#include <random>

namespace harmonic::identity {

namespace {

constexpr std::size_t kBlock = 1024;  // columns of four rows that stay in the nearest cache
constexpr int kRounds = 5;
constexpr std::uint32_t kSeed = 7;

double product(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double{a[i]} * double{b[i]};
  return sum;
}

void add(std::span<float> to, std::span<const float> from, double times) {
  const auto factor = static_cast<float>(times);
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * from[i];
}

void scale(std::span<float> row, double times) {
  for (float& value : row) value = static_cast<float>(value * times);
}

/// Gram-Schmidt; twice, since once leaves what rounding brought back.
void make_orthonormal(Matrix& rows) {
  for (std::size_t i = 0; i < rows.rows; ++i) {
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t j = 0; j < i; ++j) {
        add(rows.row(i), rows.row(j), -product(rows.row(i), rows.row(j)));
      }
    }
    scale(rows.row(i), 1 / std::sqrt(std::max(product(rows.row(i), rows.row(i)), 1e-30)));
  }
}

Matrix random_rows(std::size_t rows, std::size_t columns) {
  Matrix made{rows, columns};
  std::mt19937 random{kSeed};  // its numbers are the same everywhere, a distribution's are not
  for (float& value : made.values) {
    value = static_cast<float>(random()) / 2147483648.0F - 1.0F;
  }
  return made;
}

// to += sum of four rows of `right`, in [first, last)
void add_four(float* to, const Matrix& right, std::size_t k, const float* by, std::size_t first,
              std::size_t last) {
  const float* rows = right.values.data() + k * right.columns;
  const std::size_t step = right.columns;
  for (std::size_t j = first; j < last; ++j) {
    to[j] += by[0] * rows[j] + by[1] * rows[step + j] + by[2] * rows[2 * step + j] +
             by[3] * rows[3 * step + j];
  }
}

}  // namespace

Matrix transposed(const Matrix& matrix) {
  Matrix made{matrix.columns, matrix.rows};
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    for (std::size_t j = 0; j < matrix.columns; ++j) made.row(j)[i] = matrix.row(i)[j];
  }
  return made;
}

Matrix multiply(const Matrix& left, const Matrix& right) {
  assert(left.columns == right.rows);
  Matrix made{left.rows, right.columns};
  for (std::size_t first = 0; first < right.columns; first += kBlock) {
    const std::size_t last = std::min(first + kBlock, right.columns);
    std::size_t k = 0;
    for (; k + 4 <= right.rows; k += 4) {
      for (std::size_t i = 0; i < left.rows; ++i) {
        add_four(made.row(i).data(), right, k, left.row(i).data() + k, first, last);
      }
    }
    for (; k < right.rows; ++k) {
      for (std::size_t i = 0; i < left.rows; ++i) {
        add(made.row(i).subspan(first, last - first), right.row(k).subspan(first, last - first),
            left.row(i)[k]);
      }
    }
  }
  return made;
}

std::vector<float> mean_row(const Matrix& matrix) {
  std::vector<double> sums(matrix.columns);
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    for (std::size_t j = 0; j < matrix.columns; ++j) sums[j] += double{matrix.row(i)[j]};
  }
  std::vector<float> mean(matrix.columns);
  std::transform(sums.begin(), sums.end(), mean.begin(), [&](double sum) {
    return static_cast<float>(sum / static_cast<double>(matrix.rows));
  });
  return mean;
}

Matrix less(Matrix matrix, std::span<const float> row) {
  for (std::size_t i = 0; i < matrix.rows; ++i) add(matrix.row(i), row, -1);
  return matrix;
}

Axes axes_of(const Matrix& symmetric) {
  const int side = static_cast<int>(symmetric.rows);
  cv::Mat exact(side, side, CV_64F), squares, vectors;  // braces would list elements
  for (int i = 0; i < side; ++i) {
    for (int j = 0; j < side; ++j) {
      const auto row = static_cast<std::size_t>(i), column = static_cast<std::size_t>(j);
      exact.at<double>(i, j) =  // rounding must not make it lopsided
          (double{symmetric.row(row)[column]} + double{symmetric.row(column)[row]}) / 2;
    }
  }
  cv::eigen(exact, squares, vectors);
  Axes axes{{squares.begin<double>(), squares.end<double>()},
            Matrix{symmetric.rows, symmetric.rows}};
  std::transform(vectors.begin<double>(), vectors.end<double>(), axes.directions.values.begin(),
                 [](double value) { return static_cast<float>(value); });
  return axes;
}

Axes principal_axes(const Matrix& centred, std::size_t count) {
  assert(count < centred.rows);
  const Matrix gram = multiply(centred, transposed(centred));
  Matrix basis = random_rows(count, centred.rows);
  for (int round = 0; round < kRounds; ++round) {
    basis = multiply(basis, gram);
    make_orthonormal(basis);
  }
  Axes axes = axes_of(multiply(multiply(basis, gram), transposed(basis)));
  axes.directions = multiply(multiply(axes.directions, basis), centred);
  for (std::size_t i = 0; i < count; ++i) {
    const auto row = axes.directions.row(i);
    scale(row, 1 / std::sqrt(std::max(product(row, row), 1e-30)));
    axes.squares[i] /= static_cast<double>(centred.rows);
  }
  return axes;
}

}  // namespace harmonic::identity
