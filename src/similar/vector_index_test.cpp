#include "similar/vector_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <map>
#include <numeric>
#include <string>

#include "base/dice.h"
#include "base/test_folder.h"

namespace harmonic::similar {
namespace {

namespace fs = std::filesystem;

void to_unit(std::span<float> row) {
  const double length = length_of(row);
  for (float& value : row) value = static_cast<float>(value / length);
}

/// How rows lie. Clusters are what songs do; equal rows and a lattice make ties; every fifth of
/// kGaps has no vector.
enum class Lie { kRandom, kClusters, kEqual, kLattice, kGaps };
constexpr std::array kLies{Lie::kRandom, Lie::kClusters, Lie::kEqual, Lie::kLattice, Lie::kGaps};

std::vector<float> rows_of(Lie lie, std::size_t count, std::size_t dimensions, Dice& dice) {
  std::vector<float> middles(8 * dimensions);
  for (float& value : middles) value = dice.normal();
  std::vector<float> rows(count * dimensions);
  for (std::size_t row = 0; row < count; ++row) {
    const std::span some{rows.data() + row * dimensions, dimensions};
    if (lie == Lie::kGaps && row % 5 == 0) continue;
    const auto middle = dice.below(8) * dimensions;
    for (std::size_t i = 0; i < dimensions; ++i) {
      some[i] = dice.normal();
      if (lie == Lie::kClusters) some[i] = middles[middle + i] + 0.05F * some[i];
      if (lie == Lie::kEqual) some[i] = middles[i];
      if (lie == Lie::kLattice) some[i] = std::round(some[i]);
    }
    if (length_of(some) == 0.0) some[0] = 1.0F;
    to_unit(some);
  }
  return rows;
}

/// All rows sorted by their products, then gone through greedily.
std::vector<Neighbour> brute_force(const std::vector<float>& rows, std::span<const float> query,
                                   std::size_t count, const Filter& filter) {
  const auto d = query.size();
  std::vector<Neighbour> all;
  for (std::uint32_t row = 0; row < rows.size() / d; ++row) {
    const std::span values{rows.data() + row * d, d};
    if (std::ranges::all_of(values, [](float v) { return v == 0.0F; })) continue;
    if (!filter.keep.empty() && filter.keep[row] == 0) continue;
    if (std::ranges::count(filter.without, row) > 0) continue;
    all.push_back({row, inner_product(values, query)});
  }
  std::ranges::stable_sort(all, std::greater{}, &Neighbour::product);
  std::vector<Neighbour> best;
  std::map<std::uint32_t, std::size_t> taken;
  for (const auto& neighbour : all) {
    if (best.size() == count) break;
    if (filter.cap.caps() && taken[filter.cap.groups[neighbour.row]]++ >= filter.cap.most) continue;
    best.push_back(neighbour);
  }
  return best;
}

/// Rows of any kind, with any filter, on each set of instructions: the answer is that of a full
/// sort, to the last bit.
TEST(VectorIndex, TopIsWhatAFullSortGives) {
  for (std::uint64_t round = 0; round < 300; ++round) {
    Dice dice{11, 0, round};
    const auto lie = kLies[round % kLies.size()];
    const std::size_t d = round < 256 ? round + 1 : 1 + dice.below(kMostDimensions);
    const std::size_t n = dice.below(round % 10 == 0 ? 4000 : 400);
    const auto rows = rows_of(lie, n, d, dice);
    auto index = VectorIndex::build(rows, d).value();
    auto query = rows_of(Lie::kRandom, 1, d, dice);
    if (n > 0 && dice.chance(0.5F)) query.assign(rows.begin(), rows.begin() + static_cast<int>(d));
    for (float& value : query) value *= dice.chance(0.2F) ? 3.0F : 1.0F;
    const auto asked = index.query(query).value();

    std::vector<std::uint8_t> keep(n);
    std::vector<std::uint32_t> groups(n), without;
    for (auto& flag : keep) flag = dice.chance(0.7F) ? 1 : 0;
    for (auto& group : groups) group = static_cast<std::uint32_t>(dice.below(12) * 1'000'003);
    for (std::uint32_t row = 0; row < n; row += 7) without.insert(without.begin(), row);
    const GroupCap cap{groups, 1 + dice.below(4)};
    const std::vector<Filter> filters{
        {}, {keep, {}, {}}, {{}, without, {}}, {{}, {}, cap}, {keep, without, cap}};
    for (const auto& filter : filters) {
      for (const std::size_t count : {std::size_t{1}, 1 + dice.below(30), n, n + 5}) {
        const auto expected = brute_force(rows, query, count, filter);
        for (const auto instructions : kAllInstructions) {
          if (!has(instructions)) continue;
          index.use(instructions);
          ASSERT_EQ(index.top(asked, count, filter).value(), expected)
              << name_of(instructions) << ", round " << round << ", " << count << " of " << n
              << " rows of " << d;
        }
      }
    }
  }
}

TEST(VectorIndex, ScoresAreWithinTheirBoundAndTheSameOnEachPath) {
  for (std::size_t d = 1; d <= kMostDimensions; d += d < 40 ? 1 : 27) {
    Dice dice{12, 0, d};
    const auto rows = rows_of(Lie::kGaps, 333, d, dice);
    auto index = VectorIndex::build(rows, d).value();
    for (const float length : {0.0F, 1e-5F, 1.0F, 3e5F}) {
      auto values = rows_of(Lie::kRandom, 1, d, dice);
      for (float& value : values) value *= length;
      const auto query = index.query(values).value();
      index.use(Instructions::kPortable);
      std::vector<float> plain(index.size(), -9.0F), fast(index.size(), -9.0F);
      index.scores(query, plain);
      for (const auto instructions : kAllInstructions) {
        if (!has(instructions)) continue;
        index.use(instructions);
        index.scores(query, fast);
        ASSERT_EQ(std::memcmp(fast.data(), plain.data(), plain.size() * sizeof(float)), 0)
            << name_of(instructions) << ", " << d;
      }
      for (std::size_t row = 0; row < index.size(); ++row) {
        EXPECT_EQ(index.has_vector(row), row % 5 != 0);
        long double sum = 0.0L;
        for (std::size_t i = 0; i < d; ++i)
          sum += static_cast<long double>(rows[row * d + i]) * static_cast<long double>(values[i]);
        const auto truth = static_cast<double>(sum);
        ASSERT_NEAR(plain[row], truth, index.error_bound(row, query));
        // Within a rounding of the sum, and half a per cent of the query's length for the codes.
        ASSERT_NEAR(index.exact(row, query), truth, 1e-7 * std::abs(truth) + 1e-14 * length);
        ASSERT_LE(index.error_bound(row, query), 0.035F * length);
      }
    }
  }
}

/// No row is above its block's bound, and the bound tells something: for most blocks of rows that
/// lie anywhere it is below half of the query's length.
TEST(VectorIndex, CoarseBoundsHoldAndTell) {
  const auto coarse = coarse_kernel_of(best_instructions());
  for (const std::size_t d : {1U, 7U, 32U, 33U, 64U, 255U, 256U}) {
    Dice dice{18, 0, d};
    const Shape shape{static_cast<std::uint32_t>(d), 333, 0};
    const auto rows = rows_of(Lie::kRandom, shape.rows, d, dice);
    const auto index = VectorIndex::build(rows, d).value();
    const auto query = index.query(rows_of(Lie::kRandom, 1, d, dice)).value();
    std::vector<float> highest(shape.blocks());
    coarse(index.bytes().data() + shape.coarse_at(0), shape.blocks(), query, highest.data());
    for (std::size_t row = 0; row < shape.rows; ++row)
      ASSERT_LE(index.exact(row, query), highest[row / kBlockRows]) << d << ", " << row;
    if (d < 32 || !has(Instructions::kAvx2)) continue;
    EXPECT_GT(std::ranges::count_if(highest, [](float bound) { return bound < 0.5F; }), 15) << d;
  }
}

/// The largest sums that 32 bits have to hold.
TEST(VectorIndex, NoSumOverflows) {
  for (const float sign : {1.0F, -1.0F}) {
    std::vector<float> rows(20 * kMostDimensions, 1.0F / 16.0F);
    std::vector<float> query(kMostDimensions, sign / 16.0F);
    auto index = VectorIndex::build(rows, kMostDimensions).value();
    for (const auto instructions : kAllInstructions) {
      if (!has(instructions)) continue;
      index.use(instructions);
      const auto best = index.top(index.query(query).value(), 1).value();
      EXPECT_THAT(best, testing::ElementsAre(Neighbour{0, sign})) << name_of(instructions);
    }
  }
}

TEST(VectorIndex, RefusesWhatHasNoDirection) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinite = std::numeric_limits<float>::infinity();
  const auto index = VectorIndex::build(std::vector<float>{0, 1, 1, 0}, 2).value();
  for (const auto& query : std::vector<std::vector<float>>{
           {nan, 1}, {1, infinite}, {-infinite, nan}, {1e-9F, 0}, {1e9F, 0}, {1}, {1, 0, 0}, {}}) {
    const auto refused = index.query(query);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().kind, ErrorKind::kInvalidInput);
  }
  const std::vector<std::pair<std::vector<float>, std::size_t>> refused{
      {{1, 0}, 0},   {std::vector<float>(257), 257}, {{1, 0, 1}, 2}, {{1, nan}, 2}, {{1, 1}, 2},
      {{0.5F, 0}, 2}};
  for (const auto& [rows, dimensions] : refused) {
    const auto built = VectorIndex::build(rows, dimensions);
    ASSERT_FALSE(built.has_value());
    EXPECT_EQ(built.error().kind, ErrorKind::kInvalidInput);
  }
  const auto query = index.query(std::vector<float>{0, 1}).value();
  const std::vector<std::uint8_t> short_keep(1);
  const std::vector<std::uint32_t> groups(2);
  for (const auto& filter : {Filter{short_keep, {}, {}}, Filter{{}, {}, {groups, 0}}})
    EXPECT_FALSE(index.top(query, 1, filter).has_value());
  EXPECT_THAT(index.top(query, 0).value(), testing::IsEmpty());
}

// Rows that come in another order, and one that is put again.
TEST(VectorIndex, IsTheSameWhenMadeRowByRow) {
  constexpr std::size_t kWide = 9;
  Dice dice{17};
  std::vector<float> rows(37 * kWide);
  for (std::size_t row = 0; row < 37; ++row) {
    if (row % 7 != 0) rows[row * kWide + dice.below(kWide)] = row % 2 == 0 ? 1.0F : -1.0F;
  }
  auto maker = VectorIndex::Maker::begin(37, kWide, 5).value();
  const auto put = [&](std::size_t row) {
    return maker.put(row, std::span{rows}.subspan(row * kWide, kWide)).has_value();
  };
  EXPECT_TRUE(put(3));
  for (std::size_t row = 37; row-- > 0;) EXPECT_TRUE(put(row));
  EXPECT_FALSE(maker.put(3, std::vector<float>(kWide, 0.9F)));
  EXPECT_FALSE(maker.put(3, std::vector<float>{1, 0}));
  const auto index = std::move(maker).finish();
  EXPECT_EQ(index.bytes(), VectorIndex::build(rows, kWide, 5).value().bytes());
}

TEST(VectorIndex, AFileGivesBackWhatWasSaved) {
  const TestFolder scratch;
  const auto file = scratch.path() / "songs.index";
  Dice dice{13};
  for (const std::size_t n : {0U, 1U, 16U, 1000U}) {
    const auto rows = rows_of(Lie::kClusters, n, 37, dice);
    const auto made = VectorIndex::build(rows, 37, -5).value();
    ASSERT_TRUE(made.save(file).has_value());  // over the one before
    const auto read = VectorIndex::open(file).value();
    EXPECT_EQ(read.bytes(), made.bytes());
    EXPECT_EQ(read.revision(), -5);
    ASSERT_EQ(read.size(), n);
    if (n == 0) continue;
    const auto query = read.query(read.vector(n / 2)).value();
    EXPECT_EQ(read.top(query, 10).value(), made.top(query, 10).value());
  }
  EXPECT_FALSE(fs::exists(scratch.path() / "songs.index.part"));
}

/// Who has it mapped keeps the old one while a new one takes its name.
TEST(VectorIndex, AFileThatIsReplacedStaysWhatItWas) {
  const TestFolder scratch;
  const auto file = scratch.path() / "songs.index";
  ASSERT_TRUE(VectorIndex::build(std::vector<float>{0, 1}, 2).value().save(file).has_value());
  const auto old = VectorIndex::open(file).value();
  ASSERT_TRUE(VectorIndex::build(std::vector<float>{1}, 1).value().save(file).has_value());
  EXPECT_EQ(old.vector(0)[1], 1.0F);
  EXPECT_EQ(VectorIndex::open(file).value().dimensions(), 1);
}

TEST(VectorIndex, RefusesAFileThatIsCutOrChanged) {
  const TestFolder scratch;
  const auto file = scratch.path() / "songs.index";
  Dice dice{14};
  const auto made = VectorIndex::build(rows_of(Lie::kRandom, 20, 5, dice), 5).value();
  const std::string whole{made.bytes()};
  const auto vectors_at = whole.size() - made.size() * 5 * sizeof(float);
  const auto refused = [&](std::string_view bytes) {
    scratch.write("songs.index", bytes);
    const auto opened = VectorIndex::open(file);
    return !opened && opened.error().kind == ErrorKind::kCorrupt &&
           opened.error().message.find("songs.index: ") != std::string::npos;
  };
  for (std::size_t length = 0; length < whole.size(); length += 13)
    EXPECT_TRUE(refused(std::string_view{whole}.substr(0, length))) << length;
  EXPECT_TRUE(refused(whole + '\0'));
  for (std::size_t at = 0; at < vectors_at; ++at) {
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 4);
    EXPECT_TRUE(refused(changed)) << at;
  }
  // Dimensions and rows as large as they can be said, with the right digest or not.
  for (const std::size_t at : {72U, 76U}) {
    auto huge = whole;
    std::memset(&huge[at], 0xFF, 4);
    EXPECT_TRUE(refused(huge)) << at;
  }
}

TEST(VectorIndex, NumbersThatCannotBeAreRefusedThoughTheirDigestIsRight) {
  const auto made = VectorIndex::build(std::vector<float>{1}, 1).value();
  const Shape shape{1, 1, 0};
  for (const float value : {-1.0F, 2.0F, std::numeric_limits<float>::quiet_NaN(), 1e30F}) {
    for (const std::size_t block : {shape.coarse_at(0), shape.block_at(0)}) {
      for (const std::size_t at : {block, block + offsetof(BlockHead, residuals)}) {
        std::string bytes{made.bytes()};
        std::memcpy(&bytes[at], &value, sizeof value);
        seal(bytes, shape);
        EXPECT_FALSE(VectorIndex::decode(bytes).has_value()) << value << " at " << at;
      }
    }
  }
}

/// The vectors are in no digest: one that is damaged is found when it is looked at.
TEST(VectorIndex, AVectorThatIsNotWhatItsCodesSayIsTold) {
  Dice dice{15};
  const auto made = VectorIndex::build(rows_of(Lie::kRandom, 20, 5, dice), 5).value();
  for (const float value : {-5.0F, std::numeric_limits<float>::quiet_NaN()}) {
    std::string bytes{made.bytes()};
    std::memcpy(bytes.data() + bytes.size() - sizeof value, &value, sizeof value);
    const auto index = VectorIndex::decode(bytes).value();
    const auto told = index.top(index.query(made.vector(19)).value(), 20);
    ASSERT_FALSE(told.has_value());
    EXPECT_EQ(told.error().kind, ErrorKind::kCorrupt);
    EXPECT_NE(told.error().message.find("vector 19"), std::string::npos);
  }
}

TEST(VectorIndex, SaysWhyAPathIsNoIndex) {
  const TestFolder scratch;
  const auto kind_of = [](const fs::path& path) { return VectorIndex::open(path).error().kind; };
  EXPECT_EQ(kind_of(scratch.path() / "nowhere"), ErrorKind::kNotFound);
  EXPECT_EQ(kind_of(scratch.path() / ""), ErrorKind::kInvalidInput);
  const auto pipe = scratch.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0644), 0);
  EXPECT_EQ(kind_of(pipe), ErrorKind::kInvalidInput);  // and nobody waited for a writer

  const auto made = VectorIndex::build(std::vector<float>{1}, 1).value();
  EXPECT_EQ(made.save(scratch.path() / "nowhere/songs.index").error().kind,
            ErrorKind::kUnavailable);
  fs::create_directory(scratch.path() / "folder");
  EXPECT_EQ(made.save(scratch.path() / "folder").error().kind, ErrorKind::kUnavailable);
  EXPECT_FALSE(fs::exists(scratch.path() / "folder.part"));

  const auto locked = scratch.path() / "locked";
  ASSERT_TRUE(made.save(locked).has_value());
  ::chmod(locked.c_str(), 0);
  ::chmod(scratch.path().c_str(), 0755);  // so that it is the file alone that keeps somebody out
  const bool root = ::geteuid() == 0;     // whom no permission stops
  ASSERT_TRUE(!root || ::seteuid(65534) == 0);
  const auto unreadable = VectorIndex::open(locked);
  ASSERT_TRUE(!root || ::seteuid(0) == 0);
  ASSERT_FALSE(unreadable.has_value());
  EXPECT_EQ(unreadable.error().kind, ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace harmonic::similar
