#include "taste/ease.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "taste/parallel.h"
#include "taste/square.h"

namespace harmonic::taste {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr std::size_t kBlock = 64;

std::vector<float> penalties_of(const Plays& columns, const EasePlan& plan) {
  std::vector<float> squares(columns.listeners(), 0.0F);
  double sum = 0.0;
  std::size_t played = 0;
  for (std::size_t song = 0; song < squares.size(); ++song) {
    for (const auto& cell : columns.row(song)) squares[song] += cell.count * cell.count;
    sum += squares[song];
    if (squares[song] > 0.0F) ++played;
  }
  const auto mean = static_cast<float>(sum / static_cast<double>(std::max<std::size_t>(1, played)));
  for (float& square : squares) {
    // A song that nobody played has no opinion and needs a penalty only to be solvable.
    square = square > 0.0F
                 ? plan.ridge * std::pow(square / mean, plan.popular) + plan.denoise * square
                 : std::max(plan.ridge, 1.0F);
  }
  return squares;
}

/// Z = X R^-1/2, so that the penalty of every song is 1.
Plays scaled(const Plays& x, const std::vector<float>& penalties) {
  return x.with_counts([&penalties](std::span<const Play> row) {
    std::vector<float> counts;
    counts.reserve(row.size());
    for (const auto& cell : row) counts.push_back(cell.count / std::sqrt(penalties[cell.song]));
    return counts;
  });
}

/// What both ways of solving share: histories weighed and scaled.
class Ease : public Recommender {
 protected:
  Ease(const EasePlan& plan, const std::vector<float>& penalties) : plan_{plan} {
    scale_.reserve(penalties.size());
    for (const float penalty : penalties) scale_.push_back(1.0F / std::sqrt(penalty));
  }
  [[nodiscard]] std::vector<float> weights(std::span<const Play> row) const {
    return weights_of(row, plan_.weighting);
  }
  [[nodiscard]] const std::vector<float>& scale() const { return scale_; }

 private:
  EasePlan plan_;
  std::vector<float> scale_;  // R^-1/2
};

/// B = I - P diag(P)^-1 with P = (X'X + R)^-1. By Woodbury's identity and with K = (ZZ' + I)^-1 of
/// listeners x listeners, xP = R^-1/2 (z - zZ'KZ), z being the scaled history x.
class ByListeners : public Ease {
 public:
  ByListeners(const Plays& x, const std::vector<float>& penalties, const EasePlan& plan,
              std::size_t jobs)
      : Ease{plan, penalties}, z_{scaled(x, penalties)}, columns_{z_.transposed()} {
    const auto n = static_cast<Eigen::Index>(z_.listeners());
    kernel_ = Matrix::Zero(n, n);
    for_blocks(z_.listeners(), kBlock, jobs, [&](std::size_t first, std::size_t last) {
      for (auto listener = first; listener < last; ++listener) add_overlaps(listener);
    });
    kernel_.diagonal().array() += 1.0F;
    invert({kernel_.data(), static_cast<std::size_t>(kernel_.size())}, z_.listeners(), jobs);
    told_.resize(z_.songs());
    for_blocks(z_.songs(), kBlock, jobs, [&](std::size_t first, std::size_t last) {
      for (auto song = first; song < last; ++song) told_[song] = told(song);
    });
  }

  void score(const Plays& histories, Rows rows, std::span<float> scores) const override {
    const auto count = static_cast<Eigen::Index>(rows.count);
    Matrix overlaps = Matrix::Zero(count, kernel_.rows());
    for (Eigen::Index i = 0; i < count; ++i) {
      const auto row = histories.row(rows.first + static_cast<std::size_t>(i));
      const auto x = weights(row);
      for (std::size_t at = 0; at < row.size(); ++at) {
        for (const auto& listener : columns_.row(row[at].song))
          overlaps(i, listener.song) += x[at] * scale()[row[at].song] * listener.count;
      }
    }
    const Matrix shares = overlaps * kernel_;
    for (std::size_t i = 0; i < rows.count; ++i) {
      const auto* share = shares.row(static_cast<Eigen::Index>(i)).data();
      finish(histories.row(rows.first + i), share, scores.subspan(i * z_.songs(), z_.songs()));
    }
  }

 private:
  void add_overlaps(std::size_t listener) {
    auto to = kernel_.row(static_cast<Eigen::Index>(listener));
    for (const auto& cell : z_.row(listener)) {
      for (const auto& other : columns_.row(cell.song)) to(other.song) += cell.count * other.count;
    }
  }
  /// z_j' K z_j: how much of a song the others tell; below 1.
  [[nodiscard]] float told(std::size_t song) const {
    const auto column = columns_.row(song);
    float sum = 0.0F;
    for (const auto& a : column) {
      const auto* row = kernel_.row(a.song).data();
      for (const auto& b : column) sum += a.count * b.count * row[b.song];
    }
    return std::min(sum, 1.0F - 1e-6F);
  }
  void finish(std::span<const Play> history, const float* share, std::span<float> to) const {
    std::fill(to.begin(), to.end(), 0.0F);
    for (std::size_t listener = 0; listener < z_.listeners(); ++listener) {
      for (const auto& cell : z_.row(listener)) to[cell.song] += share[listener] * cell.count;
    }
    for (std::size_t song = 0; song < to.size(); ++song)
      to[song] /= scale()[song] * (1.0F - told_[song]);
    const auto x = weights(history);
    for (std::size_t at = 0; at < history.size(); ++at) {
      const float alone = 1.0F - told_[history[at].song];
      to[history[at].song] += x[at] * (1.0F - 1.0F / alone);
    }
  }

  Plays z_;
  Plays columns_;
  Matrix kernel_;            // K
  std::vector<float> told_;  // of each song
};

/// The same through the songs x songs matrix: Q = (Z'Z + I)^-1, B_ij = -Q_ij s_i / (s_j Q_jj) for
/// the scale s = R^-1/2, 0 where i = j.
class BySongs : public Ease {
 public:
  BySongs(const Plays& x, const std::vector<float>& penalties, const EasePlan& plan,
          std::size_t jobs)
      : Ease{plan, penalties}, map_{Matrix::Zero(size_of(x), size_of(x))} {
    const auto z = scaled(x, penalties);
    const auto columns = z.transposed();
    for_blocks(z.songs(), kBlock, jobs, [&](std::size_t first, std::size_t last) {
      for (auto song = first; song < last; ++song) add_overlaps(song, z, columns);
    });
    map_.diagonal().array() += 1.0F;
    invert({map_.data(), static_cast<std::size_t>(map_.size())}, z.songs(), jobs);
    const Eigen::VectorXf alone = map_.diagonal();
    for_blocks(z.songs(), kBlock, jobs, [&](std::size_t first, std::size_t last) {
      for (auto i = static_cast<Eigen::Index>(first); i < static_cast<Eigen::Index>(last); ++i) {
        for (Eigen::Index j = 0; j < map_.cols(); ++j) map_(i, j) *= -at(i) / (at(j) * alone(j));
        map_(i, i) = 0.0F;
      }
    });
  }

  void score(const Plays& histories, Rows rows, std::span<float> scores) const override {
    const auto songs = map_.rows();
    for (std::size_t i = 0; i < rows.count; ++i) {
      Eigen::Map<Eigen::RowVectorXf> to{scores.subspan(i * static_cast<std::size_t>(songs)).data(),
                                        songs};
      to.setZero();
      const auto row = histories.row(rows.first + i);
      const auto x = weights(row);
      for (std::size_t cell = 0; cell < row.size(); ++cell)
        to += x[cell] * map_.row(row[cell].song);
    }
  }

 private:
  static Eigen::Index size_of(const Plays& x) { return static_cast<Eigen::Index>(x.songs()); }
  [[nodiscard]] float at(Eigen::Index song) const {
    return scale()[static_cast<std::size_t>(song)];
  }
  void add_overlaps(std::size_t song, const Plays& z, const Plays& columns) {
    auto to = map_.row(static_cast<Eigen::Index>(song));
    for (const auto& listener : columns.row(song)) {
      for (const auto& cell : z.row(listener.song)) to(cell.song) += listener.count * cell.count;
    }
  }

  Matrix map_;  // B
};

}  // namespace

Result<RecommenderPtr> learn_ease(const Plays& plays, const EasePlan& plan, std::size_t jobs) {
  if (std::min(plays.listeners(), plays.songs()) > kMostEase) {
    return fail(ErrorKind::kInvalidInput,
                "EASE takes up to " + std::to_string(kMostEase) +
                    " listeners or songs, here are more of both: take iALS");
  }
  const auto x = weighed(plays, plan.weighting);
  const auto penalties = penalties_of(x.transposed(), plan);
  if (x.listeners() < x.songs()) return std::make_unique<ByListeners>(x, penalties, plan, jobs);
  return std::make_unique<BySongs>(x, penalties, plan, jobs);
}

}  // namespace harmonic::taste
