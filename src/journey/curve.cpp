#include "journey/curve.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace harmonic::journey {

namespace {

constexpr int kPieces = 24;  ///< of a bent leg

struct Vector {
  double v, a;
};

Vector vector_of(ValenceArousal point) {
  return {static_cast<double>(point.valence()), static_cast<double>(point.arousal())};
}

Vector mirrored(Vector point, Vector in) { return {2 * in.v - point.v, 2 * in.a - point.a}; }

double knot_step(Vector from, Vector to) {
  return std::sqrt(std::hypot(to.v - from.v, to.a - from.a));
}

Vector between(Vector from, Vector to, double low, double high, double at) {
  const double share = (at - low) / (high - low);
  return {from.v + share * (to.v - from.v), from.a + share * (to.a - from.a)};
}

/// Barry and Goldman's pyramid; `share` of the way from p[1] to p[2], no two neighbours equal.
Vector spline(const std::array<Vector, 4>& p, double share) {
  std::array<double, 4> knot{};
  for (std::size_t i = 1; i < 4; ++i) knot[i] = knot[i - 1] + knot_step(p[i - 1], p[i]);
  const double at = knot[1] + share * (knot[2] - knot[1]);
  std::array<Vector, 3> first{};
  for (std::size_t i = 0; i < 3; ++i) first[i] = between(p[i], p[i + 1], knot[i], knot[i + 1], at);
  const Vector left = between(first[0], first[1], knot[0], knot[2], at);
  const Vector right = between(first[1], first[2], knot[1], knot[3], at);
  return between(left, right, knot[1], knot[2], at);
}

std::vector<ValenceArousal> apart(std::span<const ValenceArousal> points) {
  std::vector<ValenceArousal> kept{points.front()};
  for (const auto point : points.subspan(1, points.size() - 2)) {
    if (distance(kept.back(), point) > Curve::kSamePlace) kept.push_back(point);
  }
  while (kept.size() > 1 && distance(kept.back(), points.back()) <= Curve::kSamePlace)
    kept.pop_back();
  kept.push_back(points.back());
  return kept;
}

}  // namespace

Curve Curve::through(std::span<const ValenceArousal> points) {
  const auto stations = apart(points);
  Curve curve;
  curve.line_.push_back(stations.front());
  curve.along_.push_back(0);
  const auto go_to = [&curve](ValenceArousal point) {
    curve.along_.push_back(curve.along_.back() + distance(curve.line_.back(), point));
    curve.line_.push_back(point);
  };
  for (std::size_t leg = 0; leg + 1 < stations.size(); ++leg) {
    const Vector from = vector_of(stations[leg]);
    const Vector to = vector_of(stations[leg + 1]);
    // Beyond the ends the curve goes on as the mirror of its first and last leg.
    const std::array<Vector, 4> around{
        leg == 0 ? mirrored(to, from) : vector_of(stations[leg - 1]), from, to,
        leg + 2 == stations.size() ? mirrored(from, to) : vector_of(stations[leg + 2])};
    for (int piece = 1; piece < kPieces && stations.size() > 2; ++piece) {
      const auto [v, a] = spline(around, static_cast<double>(piece) / kPieces);
      go_to(ValenceArousal::clamped(v, a));
    }
    go_to(stations[leg + 1]);
    curve.leg_ends_.push_back(stations[leg + 1]);
    curve.leg_lengths_.push_back(curve.length());
  }
  return curve;
}

ValenceArousal Curve::at(double share) const {
  const auto wanted = share * static_cast<double>(length());
  const auto after = std::upper_bound(along_.begin() + 1, along_.end() - 1, wanted);
  const auto piece = static_cast<std::size_t>(after - along_.begin());
  const auto low = static_cast<double>(along_[piece - 1]);
  const auto high = static_cast<double>(along_[piece]);
  if (high <= low) return line_[piece];
  const double part = std::clamp((wanted - low) / (high - low), 0.0, 1.0);
  if (part == 1.0) return line_[piece];
  const auto [v, a] = between(vector_of(line_[piece - 1]), vector_of(line_[piece]), 0, 1, part);
  return ValenceArousal::clamped(v, a);
}

std::size_t Curve::leg_at(double share) const {
  const auto wanted = share * static_cast<double>(length());
  const auto last = leg_lengths_.end() - 1;
  return static_cast<std::size_t>(std::lower_bound(leg_lengths_.begin(), last, wanted) -
                                  leg_lengths_.begin());
}

}  // namespace harmonic::journey
