#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <opencv2/core.hpp>

#include "base/dice.h"
#include "classic/algebra.h"
#include "classic/learner.h"
#include "evaluate/fer2013.h"

namespace harmonic::classic {
namespace {

using evaluate::kFer2013Count;

// grid_of() tells the same.
constexpr std::array<std::size_t, 3> kUnits{100, 300, 600};
constexpr std::array kWidths{1.0F, 2.0F, 4.0F};
constexpr int kRounds = 12;
constexpr std::uint64_t kSeed = 1989;
/// Of the mean diagonal: keeps units that never fire from having weights without bound.
constexpr double kRidge = 1e-4;

/// [count, width] without labels.
using Centres = std::vector<std::vector<float>>;

std::size_t nearest_of(const Centres& centres, std::span<const float> row) {
  std::size_t best = 0;
  float least = std::numeric_limits<float>::infinity();
  for (std::size_t i = 0; i < centres.size(); ++i) {
    const float distance = squared_distance(row, centres[i]);
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

/// Lloyd's rounds from rows drawn at random; a centre that loses all its rows stays.
Centres centres_of(const Rows& rows, std::size_t count) {
  Dice dice{kSeed, count};
  Centres centres;
  for (std::size_t i = 0; i < std::min(count, rows.size()); ++i) {
    const auto row = rows.row(dice.below(rows.size()));
    centres.emplace_back(row.begin(), row.end());
  }
  for (int round = 0; round < kRounds; ++round) {
    Centres sums(centres.size(), std::vector<float>(rows.width));
    std::vector<float> members(centres.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto row = rows.row(i);
      const auto its = nearest_of(centres, row);
      members[its] += 1;
      std::ranges::transform(row, sums[its], sums[its].begin(), std::plus{});
    }
    for (std::size_t c = 0; c < centres.size(); ++c) {
      if (members[c] == 0) continue;
      std::ranges::transform(sums[c], centres[c].begin(),
                             [&](float sum) { return sum / members[c]; });
    }
  }
  return centres;
}

/// Mean distance of a centre to the next one; 1 when there is no other.
float gap_of(const Centres& centres) {
  double sum = 0;
  std::size_t counted = 0;
  for (const auto& one : centres) {
    float least = std::numeric_limits<float>::infinity();
    for (const auto& other : centres) {
      const float distance = squared_distance(one, other);
      if (distance > 0) least = std::min(least, distance);
    }
    if (!std::isfinite(least)) continue;
    sum += std::sqrt(least);
    ++counted;
  }
  return counted > 0 ? static_cast<float>(sum / static_cast<double>(counted)) : 1;
}

class RbfNetwork : public Learned {
 public:
  RbfNetwork(Centres centres, float width)
      : centres_{std::move(centres)}, steepness_{1 / (2 * width * width)} {}

  /// Solves the outputs. Throws the library's exceptions.
  void fit(const Rows& rows) {
    const int units = static_cast<int>(centres_.size()) + 1;
    cv::Mat fired(static_cast<int>(rows.size()), units, CV_32F);
    cv::Mat wanted(fired.rows, kFer2013Count, CV_32F, cv::Scalar{0});
    for (int i = 0; i < fired.rows; ++i) {
      const auto at = static_cast<std::size_t>(i);
      std::ranges::copy(fire(rows.row(at)), fired.ptr<float>(i));
      wanted.at<float>(i, rows.labels[at]) = 1;
    }
    cv::Mat products, targets, solved;
    cv::gemm(fired, fired, 1, cv::noArray(), 0, products, cv::GEMM_1_T);
    cv::gemm(fired, wanted, 1, cv::noArray(), 0, targets, cv::GEMM_1_T);
    products.convertTo(products, CV_64F);
    targets.convertTo(targets, CV_64F);
    products += cv::Mat::eye(units, units, CV_64F) * (kRidge * cv::trace(products)[0] / units);
    if (!cv::solve(products, targets, solved, cv::DECOMP_CHOLESKY)) {
      cv::solve(products, targets, solved, cv::DECOMP_SVD);
    }
    solved.convertTo(weights_, CV_32F);
  }

  [[nodiscard]] Result<std::uint8_t> answer(std::span<const float> row) const override {
    const auto fired = fire(row);
    std::array<float, kFer2013Count> outputs{};
    for (std::size_t i = 0; i < fired.size(); ++i) {
      const auto* weights = weights_.ptr<float>(static_cast<int>(i));
      for (std::size_t j = 0; j < kFer2013Count; ++j) outputs.at(j) += fired[i] * weights[j];
    }
    return static_cast<std::uint8_t>(std::ranges::max_element(outputs) - outputs.begin());
  }

 private:
  /// What each unit says, and 1 for the constant. [units + 1]
  [[nodiscard]] std::vector<float> fire(std::span<const float> row) const {
    std::vector<float> fired;
    fired.reserve(centres_.size() + 1);
    for (const auto& centre : centres_) {
      fired.push_back(std::exp(-steepness_ * squared_distance(row, centre)));
    }
    fired.push_back(1);
    return fired;
  }

  Centres centres_;
  float steepness_;
  cv::Mat weights_;  ///< f32 [units + 1, 7]
};

}  // namespace

Result<Choice> learn_rbf_network(const Rows& training, const Rows& choosing) {
  Choice best;
  double most = -1;
  for (const auto units : kUnits) {
    const auto centres = centres_of(training, units);
    const float gap = gap_of(centres);
    for (const float width : kWidths) {
      auto network = std::make_unique<RbfNetwork>(centres, gap * width);
      try {
        network->fit(training);
      } catch (const cv::Exception& error) {
        return fail(ErrorKind::kInvalidInput,
                    std::string{"an RBF network cannot learn these rows: "} + error.what());
      }
      HARMONIC_TRY(const auto right, share_right(*network, choosing));
      if (right <= most) continue;
      most = right;
      std::array<char, 64> words{};
      std::snprintf(words.data(), words.size(), "%zu units, %g gaps wide", centres.size(), width);
      best = {std::move(network), words.data()};
    }
  }
  return best;
}

}  // namespace harmonic::classic
