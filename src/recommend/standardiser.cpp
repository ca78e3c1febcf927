#include "recommend/standardiser.h"

#include <algorithm>
#include <cmath>

namespace harmonic::recommend {

namespace {

// A deviation this small beside the mean is the rounding of float, not a difference between songs.
constexpr double kNoDifference = 1e-6;

}  // namespace

void Standardiser::Learner::take(std::span<const float> raw) {
  if (moments_.size() < raw.size()) moments_.resize(raw.size());
  for (std::size_t column = 0; column < raw.size(); ++column) {
    if (std::isfinite(raw[column])) moments_[column].take(static_cast<double>(raw[column]));
  }
}

Standardiser::Standardiser(const Learner& learned, float farthest) : farthest_{farthest} {
  const auto& moments = learned.moments_;
  for (std::size_t column = 0; column < moments.size(); ++column) {
    const auto& [count, mean, squares] = moments[column];
    if (count < 2) continue;
    const double deviation = std::sqrt(squares / count);
    if (!std::isfinite(deviation) || deviation <= kNoDifference * std::max(1e-30, std::abs(mean)))
      continue;
    scales_.push_back({column, mean, deviation});
  }
}

void Standardiser::apply(std::span<const float> raw, std::span<float> unit) const {
  double squares = 0;
  for (std::size_t i = 0; i < scales_.size(); ++i) {
    const auto value = raw[scales_[i].column];
    unit[i] = 0;
    if (!std::isfinite(value)) continue;
    const double steps = (static_cast<double>(value) - scales_[i].mean) / scales_[i].deviation;
    unit[i] = std::clamp(static_cast<float>(steps), -farthest_, farthest_);
    squares += static_cast<double>(unit[i]) * static_cast<double>(unit[i]);
  }
  if (squares <= 0) return;
  const auto length = static_cast<float>(std::sqrt(squares));
  for (float& value : unit) value /= length;
}

}  // namespace harmonic::recommend
