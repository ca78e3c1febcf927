#include "identity/training.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace harmonic::identity {

namespace {

constexpr float kLargest =
    127;  // of an eight-bit weight; -128 is left out, so that signs are equal

/// Sum of squares over rows: [columns, columns] / rows.
Matrix spread(const Matrix& rows) {
  Matrix squares = multiply(transposed(rows), rows);
  for (float& value : squares.values) value /= static_cast<float>(rows.rows);
  return squares;
}

/// Half the difference of a person's two pictures has the spread of one around the person, halved.
Matrix differences(const Matrix& pictures) {
  Matrix made{pictures.rows / 2, pictures.columns};
  for (std::size_t i = 0; i < made.rows; ++i) {
    const auto one = pictures.row(2 * i), other = pictures.row(2 * i + 1);
    std::transform(one.begin(), one.end(), other.begin(), made.row(i).begin(),
                   [](float a, float b) { return (a - b) * std::sqrt(0.5F); });
  }
  return made;
}

void shrink(Matrix& squares, double share) {
  double trace = 0;
  for (std::size_t i = 0; i < squares.rows; ++i) trace += double{squares.row(i)[i]};
  const double round = share * trace / static_cast<double>(squares.rows);
  for (float& value : squares.values) value = static_cast<float>((1 - share) * value);
  for (std::size_t i = 0; i < squares.rows; ++i) {
    squares.row(i)[i] += static_cast<float>(round);
  }
}

/// Directions, one a row, in which the spread of one person is 1 and that of all is largest.
Matrix discriminants(const Matrix& pictures, const EmbeddingPlan& plan) {
  Matrix within = spread(differences(pictures));
  shrink(within, plan.shrinkage);
  Axes axes = axes_of(within);
  for (std::size_t i = 0; i < axes.directions.rows; ++i) {
    const auto factor = static_cast<float>(1 / std::sqrt(std::max(axes.squares[i], 1e-12)));
    for (float& value : axes.directions.row(i)) value *= factor;
  }
  const Matrix& whitening = axes.directions;
  const Matrix all = multiply(multiply(whitening, spread(pictures)), transposed(whitening));
  Matrix best = axes_of(all).directions;
  best.values.resize(plan.outputs * best.columns);
  best.rows = plan.outputs;
  return multiply(best, whitening);
}

EmbeddingWeights rounded(const Matrix& projection) {
  EmbeddingWeights weights;
  weights.inputs = projection.columns;
  weights.outputs = projection.rows;
  for (std::size_t j = 0; j < projection.rows; ++j) {
    const auto row = projection.row(j);
    float largest = 1e-20F;
    for (const float value : row) largest = std::max(largest, std::abs(value));
    weights.scale.push_back(largest / kLargest);
    for (const float value : row) {
      weights.projection.push_back(
          static_cast<std::int8_t>(std::lround(value / largest * kLargest)));
    }
  }
  return weights;
}

/// Offset and total from the rounded weights; gives what they make of the pictures.
std::vector<std::vector<double>> measure_total(EmbeddingWeights& weights, const Matrix& pictures) {
  std::vector<std::vector<double>> ys(pictures.rows, std::vector<double>(weights.outputs));
  std::vector<double> sums(weights.outputs), squares(weights.outputs);
  for (std::size_t i = 0; i < ys.size(); ++i) {
    const auto row = pictures.row(i);
    const std::vector<float> descriptor{row.begin(), row.end()};
    for (std::size_t j = 0; j < weights.outputs; ++j) {
      ys[i][j] = double{weights.scale[j]} * double{projected(weights, j, descriptor)};
      sums[j] += ys[i][j];
    }
  }
  const auto count = static_cast<double>(ys.size());
  for (const double sum : sums) weights.offset.push_back(static_cast<float>(sum / count));
  for (auto& y : ys) {
    for (std::size_t j = 0; j < y.size(); ++j) {
      y[j] -= double{weights.offset[j]};
      squares[j] += y[j] * y[j];
    }
  }
  for (const double square : squares) {
    weights.total.push_back(static_cast<float>(std::max(square / count, 1e-9)));
  }
  return ys;
}

void measure_spreads(EmbeddingWeights& weights, std::vector<std::vector<double>> ys) {
  for (auto& y : ys) make_length_equal(y, weights.total);
  for (std::size_t j = 0; j < weights.outputs; ++j) {
    double within = 0, all = 0;
    for (std::size_t i = 0; i + 1 < ys.size(); i += 2) {
      const double one = ys[i][j], other = ys[i + 1][j];
      within += (one - other) * (one - other) / 2;
      all += (one * one + other * other) / 2;
    }
    const double pairs = static_cast<double>(ys.size()) / 2;
    within = std::max(within / pairs, 1e-9);
    all /= pairs;
    // A direction that tells nobody apart must count for almost nothing, not for less.
    const double between = std::max(all - within, 1e-3 * within);
    weights.within.push_back(static_cast<float>(within));
    weights.between.push_back(static_cast<float>(between));
  }
}

}  // namespace

Result<EmbeddingWeights> fit_embedding(Matrix descriptors, const EmbeddingPlan& plan) {
  if (descriptors.rows % 2 != 0 || descriptors.rows / 2 <= plan.components ||
      plan.components > descriptors.columns || plan.outputs > plan.components) {
    return fail(ErrorKind::kInvalidInput, std::to_string(descriptors.rows) +
                                              " pictures are not two each of more than " +
                                              std::to_string(plan.components) + " people");
  }
  const auto mean = mean_row(descriptors);
  const Matrix centred = less(std::move(descriptors), mean);
  const Axes axes = principal_axes(centred, plan.components);
  const Matrix reduced = multiply(centred, transposed(axes.directions));
  EmbeddingWeights weights = rounded(multiply(discriminants(reduced, plan), axes.directions));
  auto ys = measure_total(weights, centred);
  for (std::size_t j = 0; j < weights.outputs; ++j) {
    weights.offset[j] += weights.scale[j] * projected(weights, j, mean);
  }
  measure_spreads(weights, std::move(ys));
  return weights;
}

}  // namespace harmonic::identity
