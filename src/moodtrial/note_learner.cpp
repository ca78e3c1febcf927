#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include <Eigen/Core>

#include "base/dice.h"
#include "moodtrial/note_lessons.h"

namespace harmonic::moodtrial {

namespace {

using audio::kNoteInputs;
using audio::kNoteUnits;
using audio::kPianoKeys;
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A moment of one key that teaches.
struct Moment {
  std::size_t piece = 0;
  std::size_t row = 0;
  std::size_t key = 0;
  float begins = 0.0F;
  float sounds = 0.0F;
  float weight = 1.0F;  ///< of how many such moments it is one
};

/// What is true of every row of every key: [rows x kPianoKeys].
struct Truth {
  Matrix begins;
  Matrix sounds;
  explicit Truth(const NotedPiece& piece)
      : begins{Matrix::Zero(std::ssize(piece.rows), kPianoKeys)}, sounds{begins} {
    for (const auto& [key, start, end] : piece.notes) {
      const auto column = static_cast<Eigen::Index>(key);
      const auto first = static_cast<Eigen::Index>(std::floor(start));
      const auto late = static_cast<float>(start - std::floor(start));
      share(first, column, 1.0F - late);
      share(first + 1, column, late);
      const auto stop = std::max(first, static_cast<Eigen::Index>(std::lround(end)));
      for (auto row = std::max<Eigen::Index>(0, first - 1); row < std::min(stop, sounds.rows());
           ++row)
        sounds(row, column) = 1.0F;
    }
  }
  /// Whether one begins in the row or near it, on this key or one that shares overtones.
  [[nodiscard]] bool near_beginning(Eigen::Index row, Eigen::Index key) const {
    for (const int away : {0, -1, 1, -2, 2}) {
      if (at(row + away, key) > 0.0F) return true;
    }
    return std::any_of(kAlike.begin(), kAlike.end(),
                       [&](int semitones) { return at(row, key + semitones) > 0.0F; });
  }

 private:
  static constexpr std::array kAlike{-19, -12, -1, 1, 12, 19};
  void share(Eigen::Index row, Eigen::Index key, float odds) {
    if (row >= 0 && row < begins.rows()) begins(row, key) = std::max(begins(row, key), odds);
  }
  [[nodiscard]] float at(Eigen::Index row, Eigen::Index key) const {
    const bool inside = row >= 0 && row < begins.rows() && key >= 0 && key < begins.cols();
    return inside ? begins(row, key) : 0.0F;
  }
};

/// Most moments have nothing to tell: of each kind a share is taken.
float share_of(const Truth& truth, Eigen::Index row, Eigen::Index key) {
  if (truth.begins(row, key) > 0.0F) return 0.5F;
  if (truth.near_beginning(row, key)) return 0.12F;
  return truth.sounds(row, key) > 0.0F ? 0.05F : 0.03F;
}

std::vector<Moment> pick_moments(const std::vector<NotedPiece>& pieces, Dice& dice) {
  std::vector<Moment> moments;
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    const Truth truth{pieces[p]};
    for (Eigen::Index row = 0; row < truth.begins.rows(); ++row) {
      const auto window = audio::window_at(pieces[p].rows, static_cast<std::size_t>(row));
      for (Eigen::Index key = 0; key < truth.begins.cols(); ++key) {
        const float share = share_of(truth, row, key);
        if (!dice.chance(share) || !audio::is_audible(window, static_cast<std::size_t>(key)))
          continue;
        moments.push_back({p, static_cast<std::size_t>(row), static_cast<std::size_t>(key),
                           truth.begins(row, key), truth.sounds(row, key), 1.0F / share});
      }
    }
  }
  return moments;
}

/// Weights that move by their own slopes (Adam).
class Layer {
 public:
  Layer(Eigen::Index in, Eigen::Index out, Dice& dice)
      : weights_{Matrix::NullaryExpr(
            in, out, [&] { return dice.normal() / std::sqrt(static_cast<float>(in)); })},
        bias_{Matrix::Zero(1, out)},
        moments_{Matrix::Zero(in + 1, out), Matrix::Zero(in + 1, out)} {}

  Matrix forward(const Matrix& x) {
    x_ = x;
    return (x * weights_).rowwise() + bias_.row(0);
  }
  /// What the error at its outputs asks of its inputs; remembers what it asks of the weights.
  Matrix back(const Matrix& error) {
    slope_.resize(weights_.rows() + 1, weights_.cols());
    slope_.topRows(weights_.rows()) = x_.transpose() * error;
    slope_.bottomRows(1) = error.colwise().sum();
    return error * weights_.transpose();
  }
  void move(int step, float rate) {
    constexpr float kKeepMean = 0.9F;
    constexpr float kKeepSquare = 0.999F;
    auto& [mean, square] = moments_;
    mean = kKeepMean * mean + (1.0F - kKeepMean) * slope_;
    square = kKeepSquare * square + (1.0F - kKeepSquare) * slope_.cwiseAbs2();
    const auto count = static_cast<float>(step);
    const float mean_scale = 1.0F / (1.0F - std::pow(kKeepMean, count));
    const float square_scale = 1.0F / (1.0F - std::pow(kKeepSquare, count));
    const Matrix change =
        (rate * mean_scale * mean.array() / ((square_scale * square).array().sqrt() + 1e-8F))
            .matrix();
    weights_ -= change.topRows(weights_.rows());
    bias_ -= change.bottomRows(1);
  }
  [[nodiscard]] Matrix& bias() { return bias_; }
  template <std::size_t Weights, std::size_t Biases>
  void copy(std::array<float, Weights>& weights, std::array<float, Biases>& bias) const {
    std::copy_n(weights_.data(), Weights, weights.begin());
    std::copy_n(bias_.data(), Biases, bias.begin());
  }

 private:
  Matrix weights_;
  Matrix bias_;
  std::pair<Matrix, Matrix> moments_;
  Matrix x_;
  Matrix slope_;
};

struct Batch {
  Matrix x;       ///< [batch x kNoteInputs]
  Matrix y;       ///< [batch x 2]
  Matrix weight;  ///< [batch x 1], of mean 1 over all moments
};

class Learner {
 public:
  explicit Learner(Dice& dice)
      : first_{kNoteInputs, kNoteUnits, dice},
        second_{kNoteUnits, kNoteUnits, dice},
        last_{kNoteUnits, 2, dice} {
    last_.bias() << -4.0F, -2.0F;  // most notes do not begin now, and do not sound
  }

  void step(const Batch& batch, int step, float rate) {
    constexpr float kSoundsWeight = 0.3F;
    const Matrix first = first_.forward(batch.x).cwiseMax(0.0F);
    const Matrix second = second_.forward(first).cwiseMax(0.0F);
    const Matrix said = (1.0F + (-last_.forward(second).array()).exp()).inverse().matrix();
    Matrix error = ((said - batch.y).array().colwise() * batch.weight.col(0).array()).matrix() /
                   static_cast<float>(batch.x.rows());
    error.col(1) *= kSoundsWeight;
    const Matrix at_second = passed(last_.back(error), second);
    const Matrix at_first = passed(second_.back(at_second), first);
    first_.back(at_first);
    for (auto* layer : {&first_, &second_, &last_}) layer->move(step, rate);
  }

  [[nodiscard]] audio::NoteWeights weights() const {
    audio::NoteWeights weights{};
    first_.copy(weights.first, weights.first_bias);
    second_.copy(weights.second, weights.second_bias);
    last_.copy(weights.last, weights.last_bias);
    return weights;
  }

 private:
  static Matrix passed(const Matrix& error, const Matrix& rectified) {
    return (rectified.array() > 0.0F).select(error, 0.0F);
  }
  Layer first_;
  Layer second_;
  Layer last_;
};

}  // namespace

audio::NoteWeights teach_notes(const std::vector<NotedPiece>& pieces, const NotePlan& plan,
                               const OnNoteStep& on_step) {
  Dice dice{plan.seed};
  const auto moments = pick_moments(pieces, dice);
  double weight = 0.0;
  for (const auto& moment : moments) weight += static_cast<double>(moment.weight);
  const auto scale = static_cast<float>(static_cast<double>(moments.size()) / weight);
  Learner learner{dice};
  const auto rows = static_cast<Eigen::Index>(plan.batch);
  Batch batch{Matrix{rows, kNoteInputs}, Matrix{rows, 2}, Matrix{rows, 1}};
  for (int step = 1; step <= plan.steps; ++step) {
    for (Eigen::Index i = 0; i < rows; ++i) {
      const auto& moment = moments[dice.below(moments.size())];
      const auto window = audio::window_at(pieces[moment.piece].rows, moment.row);
      const auto inputs = audio::inputs_of_note(window, moment.key);
      batch.x.row(i) = Eigen::Map<const Eigen::Matrix<float, 1, kNoteInputs>>{inputs.data()};
      batch.y.row(i) << moment.begins, moment.sounds;
      batch.weight(i, 0) = moment.weight * scale;
    }
    const double done = static_cast<double>(step - 1) / plan.steps;
    learner.step(batch, step,
                 plan.rate * static_cast<float>(0.5 + 0.5 * std::cos(std::numbers::pi * done)));
    if (on_step && (step % 100 == 0 || step == plan.steps))
      on_step(static_cast<std::size_t>(step), static_cast<std::size_t>(plan.steps));
  }
  return learner.weights();
}

}  // namespace harmonic::moodtrial
