#include "evaluate/kernel_ridge.h"

#include <cassert>
#include <cmath>
#include <utility>

namespace harmonic::evaluate {

std::optional<Square> cholesky(Square m) {
  for (std::size_t j = 0; j < m.side; ++j) {
    for (std::size_t i = j; i < m.side; ++i) {
      const double* a = &m.values[i * m.side];
      const double* b = &m.values[j * m.side];
      double sum = a[j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[k] * b[k];
      if (i > j) {
        m.at(i, j) = sum / m.at(j, j);
      } else if (sum > 0) {
        m.at(j, j) = std::sqrt(sum);
      } else {
        return std::nullopt;
      }
    }
  }
  return m;
}

void solve_cholesky(const Square& lower, std::span<double> b) {
  const auto side = lower.side;
  for (std::size_t i = 0; i < side; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= lower.at(i, k) * b[k];
    b[i] /= lower.at(i, i);
  }
  for (std::size_t i = side; i-- > 0;) {
    b[i] /= lower.at(i, i);
    for (std::size_t k = 0; k < i; ++k) b[k] -= lower.at(i, k) * b[i];
  }
}

std::optional<KernelRidge> KernelRidge::fit(Square kernel, double ridge,
                                            std::vector<double> targets, std::size_t outputs) {
  assert(ridge > 0 && targets.size() == kernel.side * outputs);
  const auto side = kernel.side;
  for (std::size_t i = 0; i < side; ++i) kernel.at(i, i) += ridge;
  const auto lower = cholesky(std::move(kernel));
  if (!lower) return std::nullopt;
  KernelRidge ridge_fit;
  ridge_fit.inverse_ = {side, std::vector<double>(side * side, 0.0)};
  for (std::size_t i = 0; i < side; ++i) {
    // Symmetric: a row is as good as a column.
    const auto row = std::span{ridge_fit.inverse_.values}.subspan(i * side, side);
    row[i] = 1;
    solve_cholesky(*lower, row);
  }
  ridge_fit.weights_.assign(side * outputs, 0.0);
  for (std::size_t i = 0; i < side; ++i) {
    for (std::size_t j = 0; j < side; ++j) {
      for (std::size_t k = 0; k < outputs; ++k) {
        ridge_fit.weights_[i * outputs + k] +=
            ridge_fit.inverse_.at(i, j) * targets[j * outputs + k];
      }
    }
  }
  ridge_fit.targets_ = std::move(targets);
  ridge_fit.outputs_ = outputs;
  return ridge_fit;
}

std::vector<double> KernelRidge::without(std::span<const std::size_t> left_out) const {
  Square block{left_out.size(), std::vector<double>(left_out.size() * left_out.size())};
  for (std::size_t i = 0; i < left_out.size(); ++i) {
    for (std::size_t j = 0; j < left_out.size(); ++j) {
      block.at(i, j) = inverse_.at(left_out[i], left_out[j]);
    }
  }
  // A main block of a positive definite matrix is one.
  const auto lower = cholesky(std::move(block));
  assert(lower);
  std::vector<double> answers(left_out.size() * outputs_);
  std::vector<double> column(left_out.size());
  for (std::size_t k = 0; k < outputs_; ++k) {
    for (std::size_t i = 0; i < left_out.size(); ++i) {
      column[i] = weights_[left_out[i] * outputs_ + k];
    }
    solve_cholesky(*lower, column);
    for (std::size_t i = 0; i < left_out.size(); ++i) {
      answers[i * outputs_ + k] = targets_[left_out[i] * outputs_ + k] - column[i];
    }
  }
  return answers;
}

}  // namespace harmonic::evaluate
