#include "taste/ials.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <cmath>
#include <utility>

#include "base/dice.h"
#include "taste/parallel.h"

namespace harmonic::taste {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXf;
using Eigen::Index;

constexpr std::size_t kRows = 256;       // that a thread solves at once
constexpr std::size_t kOutright = 16;    // cells of a row up to which that is cheaper than steps
constexpr float kNothing = 1e-12F;       // of an error that is not worth a step
constexpr std::size_t kGramRows = 8192;  // that are summed before they are added to the others

Eigen::Map<const Matrix> matrix_of(const std::vector<float>& values, std::size_t dimensions) {
  return {values.data(), static_cast<Index>(values.size() / dimensions),
          static_cast<Index>(dimensions)};
}

/// The lower triangle of F'F, summed in an order that does not depend on the threads.
Matrix gram_of(const std::vector<float>& factors, std::size_t dimensions, std::size_t jobs) {
  const auto all = matrix_of(factors, dimensions);
  const auto rows = static_cast<std::size_t>(all.rows());
  std::vector<Matrix> parts((rows + kGramRows - 1) / kGramRows);
  for_blocks(rows, kGramRows, jobs, [&](std::size_t first, std::size_t last) {
    const auto some = all.middleRows(static_cast<Index>(first), static_cast<Index>(last - first));
    auto& part = parts[first / kGramRows];
    part = Matrix::Zero(all.cols(), all.cols());
    part.selfadjointView<Eigen::Lower>().rankUpdate(some.transpose());
  });
  Matrix sum = Matrix::Zero(all.cols(), all.cols());
  for (const auto& part : parts) sum += part;
  return sum;
}

/// `factors` becomes `factors` * `basis`.
void turn(std::vector<float>& factors, const Matrix& basis, std::size_t jobs) {
  const auto d = basis.rows();
  for_blocks(factors.size() / static_cast<std::size_t>(d), kRows, jobs,
             [&](std::size_t first, std::size_t last) {
               Eigen::Map<Matrix> some{factors.data() + first * static_cast<std::size_t>(d),
                                       static_cast<Index>(last - first), d};
               some = (some * basis).eval();
             });
}

/// The same, of those rows alone that are solved from what they were.
void turn_started(std::vector<float>& factors, const Matrix& basis, const Plays& rows,
                  std::size_t jobs) {
  const auto d = basis.rows();
  const auto wide = static_cast<std::size_t>(d);
  for_blocks(rows.listeners(), kRows, jobs, [&](std::size_t first, std::size_t last) {
    std::vector<std::size_t> started;
    for (auto row = first; row < last; ++row) {
      if (rows.row(row).size() > kOutright) started.push_back(row);
    }
    Matrix some(static_cast<Index>(started.size()), d);
    const auto of_row = [&](std::size_t row) {
      return Eigen::Map<Eigen::RowVectorXf>{factors.data() + row * wide, d};
    };
    for (std::size_t i = 0; i < started.size(); ++i)
      some.row(static_cast<Index>(i)) = of_row(started[i]);
    some = (some * basis).eval();
    for (std::size_t i = 0; i < started.size(); ++i)
      of_row(started[i]) = some.row(static_cast<Index>(i));
  });
}

/// One side of the problem: the others' vectors are fixed, and each row is solved for by itself.
/// A row's system is unplayed * F'F + ridge + its own few cells. In the basis of F'F's eigenvectors
/// the part that all rows share is a diagonal: a row costs what its cells cost.
class Side {
 public:
  /// `others` are in that basis, and `shared` is that diagonal.
  Side(const std::vector<float>& others, Vector shared, const IalsPlan& plan)
      : plan_{plan},
        others_{others.data(), static_cast<Index>(others.size() / plan.dimensions),
                static_cast<Index>(plan.dimensions)},
        shared_{std::move(shared)} {}

  /// The vector of a row with `cells` of `weights`. Rows of up to `exact` cells are solved
  /// outright, the others by `steps` of conjugate gradients from what `vector` was.
  // A Ref is a view that is written through.
  void solve(std::span<const Play> cells, const std::vector<float>& weights,
             Eigen::Ref<Vector> vector, std::size_t exact, int steps) const {
    const auto count = static_cast<Index>(cells.size());
    Matrix near{count, others_.cols()};
    for (Index i = 0; i < count; ++i)
      near.row(i) = others_.row(cells[static_cast<std::size_t>(i)].song);
    const Eigen::Map<const Vector> weight{weights.data(), count};
    const Vector shared = shared_.array() + ridge_of(cells.size());
    if (cells.size() <= exact)
      solve_outright(near, weight, shared, vector);
    else
      step(near, weight, shared, vector, steps);
  }

 private:
  using Weights = Eigen::Map<const Vector>;

  /// (D + N'WN)^-1 N'W1 = D^-1 N' (W^-1 + N D^-1 N')^-1 1, a system as large as there are cells.
  static void solve_outright(const Matrix& near, const Weights& weight, const Vector& shared,
                             Eigen::Ref<Vector> vector) {
    const Matrix eased = near * shared.cwiseInverse().asDiagonal();
    Matrix system = eased * near.transpose();
    system.diagonal() += weight.cwiseInverse();
    const Vector told = system.llt().solve(Vector::Ones(near.rows()));
    vector.noalias() = eased.transpose() * told;
  }
  /// Preconditioned by the diagonal.
  static void step(const Matrix& near, const Weights& weight, const Vector& shared,
                   Eigen::Ref<Vector> vector, int steps) {
    const Vector diagonal = shared + near.cwiseAbs2().transpose() * weight;
    const auto times = [&](const Vector& v) -> Vector {
      const Vector told = (near * v).cwiseProduct(weight);
      Vector all = shared.cwiseProduct(v);
      all.noalias() += near.transpose() * told;
      return all;
    };
    Vector rest = near.transpose() * weight - times(vector);
    Vector eased = rest.cwiseQuotient(diagonal);
    Vector way = eased;
    float size = rest.dot(eased);
    for (int s = 0; s < steps && size > kNothing; ++s) {
      const Vector moved = times(way);
      const float far = size / way.dot(moved);
      vector += far * way;
      rest -= far * moved;
      eased = rest.cwiseQuotient(diagonal);
      const float next = rest.dot(eased);
      way = eased + (next / size) * way;
      size = next;
    }
  }
  [[nodiscard]] float ridge_of(std::size_t cells) const {
    const float all =
        static_cast<float>(cells) + plan_.unplayed * static_cast<float>(others_.rows());
    return plan_.ridge * std::pow(all, plan_.spread);
  }

  const IalsPlan& plan_;
  Eigen::Map<const Matrix> others_;
  Vector shared_;
};

/// The eigenvectors of F'F, as columns, and `unplayed` times its eigenvalues.
struct Basis {
  Matrix vectors;
  Vector shared;
};

Basis basis_of(const std::vector<float>& factors, const IalsPlan& plan, std::size_t jobs) {
  const Eigen::SelfAdjointEigenSolver<Matrix> solver{gram_of(factors, plan.dimensions, jobs)};
  return {solver.eigenvectors(), plan.unplayed * solver.eigenvalues().cwiseMax(0.0F)};
}

std::vector<float> counts_of(std::span<const Play> cells) {
  std::vector<float> counts;
  counts.reserve(cells.size());
  for (const auto& cell : cells) counts.push_back(cell.count);
  return counts;
}

/// Both sides are turned into the basis of the others, where what they were is looked at; their
/// products stay what they are.
void solve_all(const Plays& rows, std::vector<float>& others, std::vector<float>& mine,
               const IalsPlan& plan, std::size_t jobs) {
  const auto basis = basis_of(others, plan, jobs);
  turn(others, basis.vectors, jobs);
  turn_started(mine, basis.vectors, rows, jobs);
  const Side side{others, basis.shared, plan};
  const auto d = static_cast<Index>(plan.dimensions);
  for_blocks(rows.listeners(), kRows, jobs, [&](std::size_t first, std::size_t last) {
    for (auto row = first; row < last; ++row) {
      Eigen::Map<Vector> vector{mine.data() + row * plan.dimensions, d};
      const auto cells = rows.row(row);
      if (cells.empty())
        vector.setZero();
      else
        side.solve(cells, counts_of(cells), vector, kOutright, plan.steps);
    }
  });
}

std::vector<float> first_factors(std::size_t rows, const IalsPlan& plan, std::uint64_t side) {
  std::vector<float> factors(rows * plan.dimensions);
  const float deviation = 0.1F / std::sqrt(static_cast<float>(plan.dimensions));
  for (std::size_t row = 0; row < rows; ++row) {
    Dice dice{plan.seed, side, row};
    for (std::size_t d = 0; d < plan.dimensions; ++d)
      factors[row * plan.dimensions + d] = deviation * dice.normal();
  }
  return factors;
}

class Ials : public Recommender {
 public:
  Ials(std::vector<float> songs, const IalsPlan& plan, Basis basis)
      : plan_{plan}, songs_{std::move(songs)}, side_{songs_, std::move(basis.shared), plan_} {
    turn(songs_, basis.vectors, 1);
  }

  void score(const Plays& histories, Rows rows, std::span<float> scores) const override {
    const auto songs = matrix_of(songs_, plan_.dimensions);
    Matrix vectors = Matrix::Zero(static_cast<Index>(rows.count), songs.cols());
    for (std::size_t i = 0; i < rows.count; ++i) {
      const auto cells = histories.row(rows.first + i);
      if (cells.empty()) continue;
      Vector vector = Vector::Zero(songs.cols());
      side_.solve(cells, weights_of(cells, plan_.weighting), vector, plan_.dimensions, kToTheEnd);
      vectors.row(static_cast<Index>(i)) = vector;
    }
    Eigen::Map<Matrix>{scores.data(), vectors.rows(), songs.rows()}.noalias() =
        vectors * songs.transpose();
  }

 private:
  static constexpr int kToTheEnd = 64;  // steps, for a history of more songs than dimensions

  IalsPlan plan_;
  std::vector<float> songs_;
  Side side_;
};

}  // namespace

IalsLearner::IalsLearner(const Plays& plays, const IalsPlan& plan)
    : plan_{plan},
      rows_{weighed(plays, plan.weighting)},
      columns_{rows_.transposed()},
      factors_{plan.dimensions, first_factors(plays.listeners(), plan, 0),
               first_factors(plays.songs(), plan, 1)} {}

void IalsLearner::resume(Factors factors, int epoch) {
  factors_ = std::move(factors);
  epoch_ = epoch;
}

void IalsLearner::run_epoch(std::size_t jobs) {
  solve_all(rows_, factors_.songs, factors_.listeners, plan_, jobs);
  solve_all(columns_, factors_.listeners, factors_.songs, plan_, jobs);
  ++epoch_;
}

RecommenderPtr make_ials(std::vector<float> songs, const IalsPlan& plan) {
  auto basis = basis_of(songs, plan, 1);
  return std::make_unique<Ials>(std::move(songs), plan, std::move(basis));
}

RecommenderPtr learn_ials(const Plays& plays, const IalsPlan& plan, std::size_t jobs) {
  IalsLearner learner{plays, plan};
  while (learner.epoch() < plan.epochs) learner.run_epoch(jobs);
  return make_ials(learner.factors().songs, plan);
}

}  // namespace harmonic::taste
