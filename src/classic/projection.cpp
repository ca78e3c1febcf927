#include "classic/projection.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <opencv2/core.hpp>

#include "base/dice.h"

namespace harmonic::classic {
namespace {

constexpr std::size_t kSpare = 20;  ///< axes beyond the wanted, which make the last ones converge
constexpr int kIterations = 25;
constexpr std::uint64_t kSeed = 1991;
/// A number that varies less is constant; its deviation must not be divided by.
constexpr float kLeastDeviation = 1e-6F;

/// Makes the rows of `axes` orthonormal, twice for the sake of rounding; a row that depends on
/// those above it becomes 0.
void orthonormalise(cv::Mat& axes) {
  for (int pass = 0; pass < 2; ++pass) {
    for (int i = 0; i < axes.rows; ++i) {
      cv::Mat row = axes.row(i);
      const double before = cv::norm(row);
      for (int j = 0; j < i; ++j) {
        const cv::Mat above = axes.row(j);
        cv::scaleAdd(above, -row.dot(above), row, row);
      }
      const double length = cv::norm(row);
      row *= length > 1e-5 * before && length > 0 ? 1 / length : 0;
    }
  }
}

/// [count, d], the axes of largest variance first.
cv::Mat principal_axes(const cv::Mat& centred, int count) {
  cv::Mat covariance;
  cv::gemm(centred, centred, 1.0 / centred.rows, cv::noArray(), 0, covariance, cv::GEMM_1_T);
  cv::Mat axes(std::min(count + static_cast<int>(kSpare), centred.cols), centred.cols, CV_32F);
  Dice dice{kSeed};
  std::generate(axes.begin<float>(), axes.end<float>(), [&dice] { return dice.normal(); });
  orthonormalise(axes);
  for (int i = 0; i < kIterations && axes.rows < axes.cols; ++i) {
    axes = axes * covariance;
    orthonormalise(axes);
  }
  const cv::Mat inner = axes * covariance * axes.t();
  cv::Mat values, vectors;
  cv::eigen(inner, values, vectors);
  return vectors.rowRange(0, count) * axes;
}

/// Column means, and one over the deviations where they are wanted.
void moments(const Rows& sample, Scaling scaling, std::vector<float>& mean,
             std::vector<float>& factor) {
  std::vector<double> sum(sample.width), squares(sample.width);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const auto row = sample.row(i);
    for (std::size_t j = 0; j < row.size(); ++j) {
      sum[j] += row[j];
      squares[j] += double{row[j]} * row[j];
    }
  }
  const auto count = static_cast<double>(sample.size());
  mean.resize(sample.width);
  factor.assign(sample.width, 1.0F);
  for (std::size_t j = 0; j < sample.width; ++j) {
    const double middle = sum[j] / count;
    mean[j] = static_cast<float>(middle);
    if (scaling == Scaling::kCentre) continue;
    const auto deviation =
        static_cast<float>(std::sqrt(std::max(0.0, squares[j] / count - middle * middle)));
    factor[j] = deviation > kLeastDeviation ? 1 / deviation : 0;
  }
}

}  // namespace

Result<Projection> Projection::fit(const Rows& sample, Scaling scaling, std::size_t most) {
  if (sample.size() < 2) {
    return fail(ErrorKind::kInvalidInput, "principal components need two faces at least, not " +
                                              std::to_string(sample.size()));
  }
  Projection made;
  moments(sample, scaling, made.mean_, made.factor_);
  try {
    cv::Mat centred(static_cast<int>(sample.size()), static_cast<int>(sample.width), CV_32F);
    for (std::size_t i = 0; i < sample.size(); ++i) {
      auto* row = centred.ptr<float>(static_cast<int>(i));
      for (std::size_t j = 0; j < sample.width; ++j) {
        row[j] = (sample.row(i)[j] - made.mean_[j]) * made.factor_[j];
      }
    }
    made.width_ = std::min(most, sample.width);
    const cv::Mat axes = principal_axes(centred, static_cast<int>(made.width_));
    const double length =
        cv::norm(centred * axes.t()) / std::sqrt(static_cast<double>(sample.size()));
    const cv::Mat by_feature = axes.t() * (length > 0 ? 1 / length : 1);
    made.axes_.assign(by_feature.begin<float>(), by_feature.end<float>());
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kInvalidInput, std::string{"principal components: "} + error.what());
  }
  return made;
}

std::vector<float> Projection::apply(std::span<const float> row) const {
  std::vector<float> result(width_);
  for (std::size_t i = 0; i < row.size(); ++i) {
    const float value = (row[i] - mean_[i]) * factor_[i];
    const auto* axis = axes_.data() + i * width_;
    for (std::size_t j = 0; j < width_; ++j) result[j] += value * axis[j];
  }
  return result;
}

}  // namespace harmonic::classic
