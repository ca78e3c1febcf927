#include "moodtrial/folds.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/dice.h"

namespace harmonic::moodtrial {

namespace {

double mean_of(std::span<const float> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Sum of the products of the deviations.
double product_of(std::span<const float> a, std::span<const float> b) {
  const double mean_a = mean_of(a);
  const double mean_b = mean_of(b);
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += (static_cast<double>(a[i]) - mean_a) * (static_cast<double>(b[i]) - mean_b);
  return sum;
}

}  // namespace

std::vector<std::size_t> fold_by_group(const std::vector<std::string>& groups, std::size_t count,
                                       std::uint64_t seed) {
  std::vector<std::string> names(groups);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  Dice dice{seed};
  for (auto i = names.size(); i > 1; --i) std::swap(names[i - 1], names[dice.below(i)]);
  std::map<std::string, std::size_t> fold;
  for (std::size_t i = 0; i < names.size(); ++i) fold[names[i]] = i % count;
  std::vector<std::size_t> folds;
  folds.reserve(groups.size());
  for (const auto& group : groups) folds.push_back(fold[group]);
  return folds;
}

double r_squared(std::span<const float> said, std::span<const float> truth) {
  double error = 0.0;
  for (std::size_t i = 0; i < said.size(); ++i)
    error += std::pow(static_cast<double>(said[i]) - static_cast<double>(truth[i]), 2);
  const double variance = product_of(truth, truth);
  return variance > 0.0 ? 1.0 - error / variance : 0.0;
}

double correlation(std::span<const float> a, std::span<const float> b) {
  const double scale = std::sqrt(product_of(a, a) * product_of(b, b));
  return scale > 0.0 ? product_of(a, b) / scale : 0.0;
}

double area_under_curve(std::span<const float> said, std::span<const float> truth) {
  std::vector<float> positive;
  std::vector<float> negative;
  for (std::size_t i = 0; i < said.size(); ++i)
    (truth[i] > 0.0F ? positive : negative).push_back(said[i]);
  if (positive.empty() || negative.empty()) return 0.5;
  std::sort(negative.begin(), negative.end());
  double ordered = 0.0;
  for (const float value : positive) {
    const auto [low, high] = std::equal_range(negative.begin(), negative.end(), value);
    ordered += static_cast<double>(low - negative.begin()) + 0.5 * static_cast<double>(high - low);
  }
  return ordered / (static_cast<double>(positive.size()) * static_cast<double>(negative.size()));
}

double sign_accuracy(std::span<const float> said, std::span<const float> truth) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < said.size(); ++i)
    right += (said[i] > 0.0F) == (truth[i] > 0.0F) ? 1 : 0;
  return static_cast<double>(right) / static_cast<double>(said.size());
}

}  // namespace harmonic::moodtrial
