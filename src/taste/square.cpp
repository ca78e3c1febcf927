#include "taste/square.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>

#include "taste/parallel.h"

namespace harmonic::taste {

namespace {

using Matrix =
    Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic>;  // symmetric: order is the same
using Eigen::Index;

constexpr Index kBlock = 128;

/// Columns and rows of the matrix in blocks, the last one smaller.
class Blocks {
 public:
  Blocks(const Eigen::Map<Matrix>& matrix, std::size_t jobs) : a_{matrix}, jobs_{jobs} {}

  /// The lower triangle becomes L with LL' the matrix.
  void factor() {
    for (Index k = 0; k < count(); ++k) {
      const Matrix diagonal = Matrix{block(k, k)}.llt().matrixL();
      block(k, k) = diagonal;
      each(k + 1, [&](Index i) {
        diagonal.triangularView<Eigen::Lower>().transpose().solveInPlace<Eigen::OnTheRight>(
            block(i, k));
      });
      each(k + 1, [&](Index i) {
        for (Index j = k + 1; j <= i; ++j)
          block(i, j).noalias() -= block(i, k) * block(j, k).transpose();
      });
    }
  }
  /// The lower triangle becomes L^-1, column by column of blocks.
  void invert_factor() {
    Matrix inverse = Matrix::Zero(a_.rows(), a_.cols());
    each(0, [&](Index j) {
      const auto from = j * kBlock;
      const auto rows = a_.rows() - from;
      auto to = inverse.block(from, from, rows, width(j));
      to.topRows(width(j)).setIdentity();
      a_.bottomRightCorner(rows, rows).triangularView<Eigen::Lower>().solveInPlace(to);
    });
    a_ = inverse;
  }
  /// L^-1 becomes L^-1' L^-1, both triangles.
  void multiply_out() {
    Matrix product = Matrix::Zero(a_.rows(), a_.cols());
    each(0, [&](Index j) {
      for (Index i = j; i < count(); ++i) {
        const auto from = i * kBlock;
        const auto rows = a_.rows() - from;
        product.block(from, j * kBlock, width(i), width(j)).noalias() =
            a_.block(from, from, rows, width(i)).transpose() *
            a_.block(from, j * kBlock, rows, width(j));
      }
    });
    a_ = product.selfadjointView<Eigen::Lower>();
  }

 private:
  [[nodiscard]] Index count() const { return (a_.rows() + kBlock - 1) / kBlock; }
  [[nodiscard]] Index width(Index at) const { return std::min(kBlock, a_.rows() - at * kBlock); }
  Eigen::Block<Eigen::Map<Matrix>> block(Index i, Index j) {
    return a_.block(i * kBlock, j * kBlock, width(i), width(j));
  }
  void each(Index first, const std::function<void(Index)>& work) const {
    for_blocks(static_cast<std::size_t>(count() - first), 1, jobs_,
               [&](std::size_t at, std::size_t /*last*/) { work(first + static_cast<Index>(at)); });
  }

  Eigen::Map<Matrix> a_;
  std::size_t jobs_;
};

}  // namespace

void invert(std::span<float> matrix, std::size_t size, std::size_t jobs) {
  const auto n = static_cast<Index>(size);
  Blocks blocks{{matrix.data(), n, n}, jobs};
  blocks.factor();
  blocks.invert_factor();
  blocks.multiply_out();
}

}  // namespace harmonic::taste
