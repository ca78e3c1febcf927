#include "recommend/sound_space.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <vector>

#include "recommend/standardiser.h"

namespace harmonic::recommend {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kFarthest = 4.0F;

using Table = std::vector<std::vector<float>>;

/// Rows one after the other; zeros for a song without features.
struct Units {
  std::size_t dimensions = 0;
  std::vector<float> rows;
};

Standardiser learned_from(const Table& rows) {
  Standardiser::Learner learner;
  for (const auto& row : rows) learner.take(row);
  return {learner, kFarthest};
}

Units sound_space(const Table& rows) {
  const auto pass = [&](const auto& take) -> Result<void> {
    for (const auto& row : rows) take(row);
    return {};
  };
  const auto songs = static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [](const auto& row) { return !row.empty(); }));
  const auto space = SoundSpace::learn(learned_from(rows), songs, pass).value();
  Units made{space.dimensions(), std::vector<float>(rows.size() * space.dimensions(), 9.0F)};
  EXPECT_TRUE(space.project(pass, [&](std::size_t row, std::span<const float> unit) {
    std::copy(unit.begin(), unit.end(),
              made.rows.begin() + static_cast<std::ptrdiff_t>(row * made.dimensions));
  }));
  return made;
}

/// Standardised alone.
Units of(const Table& rows) {
  const auto standardiser = learned_from(rows);
  Units made{standardiser.dimensions(), {}};
  made.rows.resize(rows.size() * made.dimensions);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].empty()) continue;
    standardiser.apply(rows[i], std::span{made.rows}.subspan(i * made.dimensions, made.dimensions));
  }
  return made;
}

float dot(std::span<const float> a, std::span<const float> b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
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

/// Songs of `wide` features that follow `causes` hidden ones, and a little noise.
Table songs_with_causes(std::size_t songs, std::size_t wide, std::size_t causes, float noise) {
  std::mt19937 random{3};
  std::normal_distribution<float> normal{0.0F, 1.0F};
  Table mixing(wide, std::vector<float>(causes));
  for (auto& row : mixing) {
    for (float& value : row) value = normal(random);
  }
  Table made(songs, std::vector<float>(wide));
  for (auto& song : made) {
    std::vector<float> hidden(causes);
    for (float& value : hidden) value = normal(random);
    for (std::size_t f = 0; f < wide; ++f)
      song[f] = dot(mixing[f], hidden) + noise * normal(random);
  }
  return made;
}

TEST(SoundSpace, KeepsEveryCosineOfFewFeatures) {
  const auto songs = songs_with_causes(40, 12, 12, 0.5F);
  const auto plain = of(songs);
  const auto made = sound_space(songs);
  ASSERT_EQ(made.dimensions, 12U);
  const auto row = [](const auto& space, std::size_t i) {
    return std::span{space.rows}.subspan(i * space.dimensions, space.dimensions);
  };
  for (std::size_t i = 0; i < songs.size(); ++i) {
    for (std::size_t k = 0; k < songs.size(); ++k)
      EXPECT_NEAR(dot(row(made, i), row(made, k)), dot(row(plain, i), row(plain, k)), 1e-5F);
  }
}

// A few hundred features that few causes move say the same in 64 numbers, the first the most.
TEST(SoundSpace, SaysNearlyTheSameInFewerNumbers) {
  const auto songs = songs_with_causes(300, 200, 10, 0.3F);
  const auto plain = of(songs);
  const auto made = sound_space(songs);
  ASSERT_EQ(made.dimensions, kSoundDimensions);
  std::vector<double> squares(made.dimensions);
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const auto row = std::span{made.rows}.subspan(i * made.dimensions, made.dimensions);
    EXPECT_NEAR(dot(row, row), 1.0F, 1e-5F);
    for (std::size_t d = 0; d < row.size(); ++d)
      squares[d] += static_cast<double>(row[d]) * static_cast<double>(row[d]);
    const auto first = std::span{made.rows}.first(made.dimensions);
    EXPECT_NEAR(dot(row, first),
                dot(std::span{plain.rows}.subspan(i * plain.dimensions, plain.dimensions),
                    std::span{plain.rows}.first(plain.dimensions)),
                0.1F);
  }
  EXPECT_TRUE(std::is_sorted(squares.begin(), squares.begin() + 10, std::greater<>{}));
  EXPECT_GT(squares[9], 10 * squares[20]) << "ten causes, and the rest is noise";
}

TEST(SoundSpace, ASongWithoutFeaturesHasNoSound) {
  const auto made = sound_space({{1, 4}, {}, {3, 1}, {2, 2.5F}, {9, 9}});
  ASSERT_EQ(made.dimensions, 2U);
  EXPECT_EQ(made.rows[2], 0.0F);
  EXPECT_EQ(made.rows[3], 0.0F);
  for (const auto& none : {Table{}, Table{{}, {}}, Table{{1, 2}}, Table{{1, 2}, {1, 2}}})
    EXPECT_EQ(sound_space(none).dimensions, 0U);
}

// The failure: an error half way through the library made a space of the first half.
TEST(SoundSpace, TellsWhatEndsAPass) {
  const Table songs{{1, 4}, {3, 1}};
  int passes = 0;
  const SoundSpace::Pass pass = [&](const auto& take) -> Result<void> {
    take(songs[0]);
    if (++passes == 2) return fail(ErrorKind::kCorrupt, "half of it");
    take(songs[1]);
    return {};
  };
  const auto space = SoundSpace::learn(learned_from(songs), 2, pass);
  ASSERT_TRUE(space);
  const auto projected = space->project(pass, [](std::size_t, std::span<const float>) {});
  ASSERT_FALSE(projected);
  EXPECT_EQ(projected.error().kind, ErrorKind::kCorrupt);
  passes = 1;
  EXPECT_FALSE(SoundSpace::learn(learned_from(songs), 2, pass));
}

}  // namespace
}  // namespace harmonic::recommend
