// classic/algebra.h - sums over rows, written so that the compiler can use its wide registers.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace harmonic::classic {

/// Both are of one length.
[[nodiscard]] inline float dot(std::span<const float> a, std::span<const float> b) {
  constexpr std::size_t kLanes = 8;
  std::array<float, kLanes> sums{};
  std::size_t i = 0;
  for (; i + kLanes <= a.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  }
  float sum = 0;
  for (; i < a.size(); ++i) sum += a[i] * b[i];
  for (const float part : sums) sum += part;
  return sum;
}

/// Squared Euclidean distance; both are of one length.
[[nodiscard]] inline float squared_distance(std::span<const float> a, std::span<const float> b) {
  constexpr std::size_t kLanes = 8;
  std::array<float, kLanes> sums{};
  std::size_t i = 0;
  for (; i + kLanes <= a.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const float gap = a[i + lane] - b[i + lane];
      sums[lane] += gap * gap;
    }
  }
  float sum = 0;
  for (; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  for (const float part : sums) sum += part;
  return sum;
}

}  // namespace harmonic::classic
