#include "journey/curve.h"

#include <gtest/gtest.h>

namespace harmonic::journey {
namespace {

ValenceArousal at(double valence, double arousal) {
  return ValenceArousal::clamped(valence, arousal);
}

TEST(Curve, IsStraightBetweenTwoPoints) {
  const std::vector points{at(-1, -1), at(1, 0)};
  const auto curve = Curve::through(points);
  EXPECT_FLOAT_EQ(curve.length(), distance(points[0], points[1]));
  EXPECT_EQ(curve.legs(), 1U);
  EXPECT_EQ(curve.at(0), points[0]);
  EXPECT_EQ(curve.at(1), points[1]);
  EXPECT_LT(distance(curve.at(0.5), at(0, -0.5)), 1e-6F);
  EXPECT_LT(distance(curve.at(0.25), at(-0.5, -0.75)), 1e-6F);
}

TEST(Curve, PassesThroughItsPointsInEvenSteps) {
  const std::vector points{at(-0.8, 0.6), at(0.1, 0.9), at(0.3, -0.2), at(0.4, -0.6)};
  const auto curve = Curve::through(points);
  ASSERT_EQ(curve.legs(), 3U);
  EXPECT_EQ(curve.at(0), points.front());
  EXPECT_EQ(curve.at(1), points.back());
  for (const auto point : points) {
    float nearest = 9;
    for (const auto on_line : curve.line()) nearest = std::min(nearest, distance(on_line, point));
    EXPECT_EQ(nearest, 0.0F);
  }
  EXPECT_GT(curve.length(), distance(points.front(), points.back()));
  std::size_t leg = 0;
  for (int i = 1; i <= 100; ++i) {
    EXPECT_NEAR(distance(curve.at((i - 1) / 100.0), curve.at(i / 100.0)), curve.length() / 100,
                1e-3);
    EXPECT_GE(curve.leg_at(i / 100.0), leg);
    leg = curve.leg_at(i / 100.0);
  }
  EXPECT_EQ(leg, 2U);
  EXPECT_EQ(curve.leg_at(0), 0U);
}

TEST(Curve, StandsStillWhereItsPointsAreOne) {
  const std::vector points{at(0.2, 0.3), at(0.2, 0.3), at(0.2, 0.3)};
  const auto curve = Curve::through(points);
  EXPECT_EQ(curve.length(), 0.0F);
  EXPECT_EQ(curve.legs(), 1U);
  for (const double share : {0.0, 0.5, 1.0}) {
    EXPECT_EQ(curve.at(share), points[0]);
    EXPECT_EQ(curve.leg_at(share), 0U);
  }
  const std::vector back{at(0.2, 0.3), at(0.9, 0.9), at(0.2, 0.3)};
  EXPECT_EQ(Curve::through(back).legs(), 2U);
}

TEST(Curve, StaysInThePlane) {
  const std::vector points{at(-1, 1), at(1, 1), at(1, -1), at(-1, -1)};
  const auto curve = Curve::through(points);
  for (const auto point : curve.line()) {
    EXPECT_LE(std::abs(point.valence()), 1.0F);
    EXPECT_LE(std::abs(point.arousal()), 1.0F);
  }
}

}  // namespace
}  // namespace harmonic::journey
