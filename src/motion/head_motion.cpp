#include "motion/head_motion.h"

#include <cmath>
#include <cstddef>
#include <utility>

namespace harmonic::motion {
namespace {

constexpr std::size_t kTerms = 4;
constexpr std::size_t kFewestPatches = 9;
constexpr std::array<double, 6> kScales{1.5, 1.0, 0.6, 0.4, 0.3, 0.3};
/// In patches: what it costs to shear, stretch or turn the head by as much as moves a patch by a
/// pixel.
constexpr std::array<double, kTerms> kPull{1e-6, 0.02, 0.02, 0.05};

using Row = std::array<double, kTerms>;

double mean_depth() {
  double sum = 0;
  for (const auto& patch : kPatches) sum += depth_at(patch.middle);
  return sum / static_cast<double>(kPatchCount);
}

const std::array<Row, kPatchCount>& rows() {
  static const auto made = [] {
    std::array<Row, kPatchCount> all{};
    const double mean = mean_depth();
    for (std::size_t i = 0; i < kPatchCount; ++i) {
      const auto& place = kPatches.at(i).middle;
      all.at(i) = {1.0, (place.x - 64.0) / 64.0, (place.y - 64.0) / 64.0,
                   (depth_at(place) - mean) / 16.0};
    }
    return all;
  }();
  return made;
}

/// Solves m x = b, m symmetric and positive definite, by elimination.
Row solve(std::array<Row, kTerms> m, Row b) {
  for (std::size_t i = 0; i < kTerms; ++i) {
    for (std::size_t j = i + 1; j < kTerms; ++j) {
      const double factor = m[j][i] / m[i][i];
      for (std::size_t k = i; k < kTerms; ++k) m[j][k] -= factor * m[i][k];
      b[j] -= factor * b[i];
    }
  }
  for (std::size_t i = kTerms; i-- > 0;) {
    for (std::size_t k = i + 1; k < kTerms; ++k) b[i] -= m[i][k] * b[k];
    b[i] /= m[i][i];
  }
  return b;
}

double dot(const Row& row, const double* terms) {
  double sum = 0;
  for (std::size_t k = 0; k < kTerms; ++k) sum += row[k] * terms[k];
  return sum;
}

using Weights = std::array<double, kPatchCount>;

HeadMotion weighted_fit(const Shifts& shifts, const Weights& weights) {
  std::array<Row, kTerms> m{};
  Row bx{}, by{};
  for (std::size_t k = 0; k < kTerms; ++k) m[k][k] = kPull[k];
  for (std::size_t i = 0; i < kPatchCount; ++i) {
    const auto& shift = shifts.at(i);
    if (!shift) continue;
    const auto& row = rows().at(i);
    for (std::size_t j = 0; j < kTerms; ++j) {
      for (std::size_t k = 0; k < kTerms; ++k) m[j][k] += weights[i] * row[j] * row[k];
      bx[j] += weights[i] * row[j] * shift->x;
      by[j] += weights[i] * row[j] * shift->y;
    }
  }
  const auto x = solve(m, bx);
  const auto y = solve(m, by);
  HeadMotion motion;
  for (std::size_t k = 0; k < kTerms; ++k) {
    motion.terms.at(k) = x[k];
    motion.terms.at(kTerms + k) = y[k];
  }
  return motion;
}

}  // namespace

Shift HeadMotion::at(std::size_t patch) const {
  const auto& row = rows().at(patch);
  return {dot(row, terms.data()), dot(row, terms.data() + kTerms)};
}

Shift HeadMotion::turn_at(std::size_t patch) const {
  const double depth = rows().at(patch).back();
  return {depth * terms[kTerms - 1], depth * terms[2 * kTerms - 1]};
}

std::optional<HeadMotion> fit_head_motion(const Shifts& shifts) {
  std::size_t known = 0;
  for (const auto& shift : shifts) known += shift ? 1 : 0;
  if (known < kFewestPatches) return std::nullopt;
  Weights weights;
  weights.fill(1.0);
  auto motion = weighted_fit(shifts, weights);
  for (const double scale : kScales) {
    for (std::size_t i = 0; i < kPatchCount; ++i) {
      const auto& shift = shifts.at(i);
      if (!shift) continue;
      const auto whole = motion.at(i);
      const double off = std::hypot(shift->x - whole.x, shift->y - whole.y) / scale;
      weights.at(i) = 1.0 / ((1.0 + off * off) * (1.0 + off * off));
    }
    motion = weighted_fit(shifts, weights);
  }
  return motion;
}

}  // namespace harmonic::motion
