#include "recommend/standardise.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace harmonic::recommend {

namespace {

/// What standardises one feature; `column` is its place in the raw vectors.
struct Scale {
  std::size_t column;
  double mean;
  double deviation;
};

// A deviation this small beside the mean is the rounding of float, not a difference between songs.
constexpr double kNoDifference = 1e-6;

std::optional<Scale> scale_of(std::span<const std::span<const float>> rows, std::size_t column) {
  double count = 0;
  double mean = 0;
  double squares = 0;  // Welford's running sum: stays exact where a sum of squares would not
  for (const auto row : rows) {
    if (row.empty() || !std::isfinite(row[column])) continue;
    const auto value = static_cast<double>(row[column]);
    const double step = value - mean;
    count += 1;
    mean += step / count;
    squares += step * (value - mean);
  }
  if (count < 2) return std::nullopt;
  const double deviation = std::sqrt(squares / count);
  if (!std::isfinite(deviation) || deviation <= kNoDifference * std::max(1e-30, std::abs(mean))) {
    return std::nullopt;
  }
  return Scale{column, mean, deviation};
}

void fill_row(std::span<const float> raw, std::span<const Scale> scales, float farthest,
              std::span<float> unit) {
  double squares = 0;
  for (std::size_t i = 0; i < scales.size(); ++i) {
    const auto value = raw[scales[i].column];
    if (!std::isfinite(value)) continue;
    const double steps = (static_cast<double>(value) - scales[i].mean) / scales[i].deviation;
    unit[i] = std::clamp(static_cast<float>(steps), -farthest, farthest);
    squares += static_cast<double>(unit[i]) * static_cast<double>(unit[i]);
  }
  if (squares <= 0) return;
  const auto length = static_cast<float>(std::sqrt(squares));
  for (float& value : unit) value /= length;
}

}  // namespace

Standardised standardise(std::span<const std::span<const float>> rows, float farthest) {
  const auto first =
      std::find_if(rows.begin(), rows.end(), [](const auto& row) { return !row.empty(); });
  if (first == rows.end()) return {};
  std::vector<Scale> scales;
  for (std::size_t column = 0; column < first->size(); ++column) {
    if (const auto scale = scale_of(rows, column)) scales.push_back(*scale);
  }
  Standardised result{scales.size(), std::vector<float>(rows.size() * scales.size())};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].empty()) continue;
    fill_row(rows[i], scales, farthest,
             std::span{result.rows}.subspan(i * scales.size(), scales.size()));
  }
  return result;
}

}  // namespace harmonic::recommend
