#include "recommend/standardise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace harmonic::recommend {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kFarthest = 4.0F;

Standardised of(const std::vector<std::vector<float>>& rows) {
  const std::vector<std::span<const float>> views(rows.begin(), rows.end());
  return standardise(views, kFarthest);
}

TEST(Standardise, MakesFeaturesOfAnyScaleEqual) {
  const auto made = of({{1, 1000}, {2, 2000}, {3, 3000}});
  ASSERT_EQ(made.dimensions, 2U);
  const float half = std::sqrt(0.5F);
  const std::vector<float> expected{-half, -half, 0, 0, half, half};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(made.rows[i], expected[i], 1e-6F);
}

// The failure: a feature that is the same everywhere divides by zero and makes every score NaN.
TEST(Standardise, LeavesOutWhatDoesNotVary) {
  struct Case {
    const char* name;
    std::vector<std::vector<float>> rows;
    std::size_t dimensions;
  };
  for (const auto& [name, rows, dimensions] : {
           Case{"no rows", {}, 0},
           Case{"no features", {{}, {}}, 0},
           Case{"one row", {{1, 2, 3}}, 0},
           Case{"all equal", {{1, 2}, {1, 2}, {1, 2}}, 0},
           Case{"equal but for rounding", {{1e8F, 1}, {1e8F + 8, 2}}, 1},
           Case{"one column constant", {{1, 5}, {2, 5}}, 1},
           Case{"one column never a number", {{1, kNan}, {2, kInf}}, 1},
           Case{"one column a number once", {{1, kNan}, {2, 7}}, 1},
           Case{"tiny but different", {{1e-9F}, {2e-9F}}, 1},
           Case{"huge", {{3e38F}, {-3e38F}}, 1},
       }) {
    const auto made = of(rows);
    EXPECT_EQ(made.dimensions, dimensions) << name;
    EXPECT_EQ(made.rows.size(), rows.size() * dimensions) << name;
    for (const float value : made.rows) EXPECT_TRUE(std::isfinite(value)) << name;
  }
}

TEST(Standardise, TakesWhatIsNoNumberForTheMean) {
  const auto made = of({{1, 1}, {2, kNan}, {3, 3}, {kInf, 2}, {2, -kInf}});
  ASSERT_EQ(made.dimensions, 2U);
  for (const std::size_t place : {3U, 6U, 9U}) EXPECT_EQ(made.rows[place], 0.0F) << place;
  EXPECT_LT(made.rows[1], 0.0F);
  EXPECT_GT(made.rows[5], 0.0F);
}

TEST(Standardise, RowsHaveLengthOneOrNone) {
  const auto made = of({{1, 4}, {}, {3, 1}, {2, 2.5F}, {9, 9}});
  ASSERT_EQ(made.dimensions, 2U);
  for (std::size_t row = 0; row < 5; ++row) {
    const float length = std::hypot(made.rows[2 * row], made.rows[2 * row + 1]);
    EXPECT_NEAR(length, row == 1 ? 0.0F : 1.0F, 1e-5F) << row;
  }
}

// The failure: one odd file, with a feature a million deviations out, decides every direction.
TEST(Standardise, ClipsOutliers) {
  std::vector<std::vector<float>> rows(100, {0, 0});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = {static_cast<float>(i % 2), static_cast<float>(i % 3)};
  }
  rows[0] = {1e9F, 2};
  const auto made = of(rows);
  EXPECT_GT(made.rows[1], 0.05F) << "its other feature still counts";
}

}  // namespace
}  // namespace harmonic::recommend
