#include "similar/vector_index.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace harmonic::similar {

namespace {

constexpr std::size_t kCacheLine = 64;

Result<void> check_row(std::size_t row, std::span<const float> vector, std::size_t dimensions) {
  const double length = length_of(vector);
  if (vector.size() == dimensions &&
      (length == 0.0 || std::abs(length - 1.0) <= kLengthTolerance)) {
    return {};
  }
  return fail(ErrorKind::kInvalidInput,
              "vector " + std::to_string(row) + " is not of unit length: divide it by its length");
}

/// Whether any row of a block may reach `threshold`.
bool any_reaches(std::span<const float> products, const BlockHead& head, const Doubt& doubt,
                 float threshold) {
  int reaching = 0;
  for (std::size_t row = 0; row < kBlockRows; ++row)
    reaching += static_cast<int>(products[row] + doubt.of(head.residuals[row]) >= threshold);
  return reaching > 0;
}

/// Rows by number that a filter leaves out.
class LeftOut {
 public:
  explicit LeftOut(const Filter& filter)
      : keep_{filter.keep}, without_{filter.without.begin(), filter.without.end()} {
    std::sort(without_.begin(), without_.end());
  }
  [[nodiscard]] bool operator()(std::uint32_t row) const {
    return (!keep_.empty() && keep_[row] == 0) ||
           std::binary_search(without_.begin(), without_.end(), row);
  }

 private:
  std::span<const std::uint8_t> keep_;
  std::vector<std::uint32_t> without_;
};

}  // namespace

VectorIndex::VectorIndex(Mapping image, const Shape& shape)
    : image_{std::move(image)}, shape_{shape} {}

Result<VectorIndex::Maker> VectorIndex::Maker::begin(std::size_t rows, std::size_t dimensions,
                                                     std::int64_t revision) {
  if (dimensions == 0 || dimensions > kMostDimensions) {
    return fail(ErrorKind::kInvalidInput, "vectors of " + std::to_string(dimensions) +
                                              " values: an index holds those of 1 to " +
                                              std::to_string(kMostDimensions));
  }
  if (rows > std::numeric_limits<std::uint32_t>::max())
    return fail(ErrorKind::kInvalidInput, "an index holds fewer than 2^32 vectors");
  const Shape shape{static_cast<std::uint32_t>(dimensions), static_cast<std::uint32_t>(rows),
                    revision};
  HARMONIC_TRY(auto image, Mapping::of_zeros(shape.bytes()));
  return Maker{std::move(image), shape};
}

Result<void> VectorIndex::Maker::put(std::size_t row, std::span<const float> vector) {
  assert(row < shape_.rows);
  HARMONIC_CHECK(check_row(row, vector, shape_.dimensions));
  char* const begin = image_.writable().data();
  encode_coarse_row(vector, begin + shape_.coarse_at(row / kBlockRows), row % kBlockRows);
  encode_row(vector, begin + shape_.block_at(row / kBlockRows), row % kBlockRows);
  std::ranges::copy(
      vector, reinterpret_cast<float*>(begin + shape_.vectors_at()) + row * shape_.dimensions);
  return {};
}

VectorIndex VectorIndex::Maker::finish() && {
  seal(image_.writable(), shape_);
  return {std::move(image_), shape_};
}

Result<VectorIndex> VectorIndex::build(std::span<const float> rows, std::size_t dimensions,
                                       std::int64_t revision) {
  if (dimensions > 0 && rows.size() % dimensions != 0)
    return fail(ErrorKind::kInvalidInput, "the last vector is cut off");
  HARMONIC_TRY(auto maker,
               Maker::begin(dimensions > 0 ? rows.size() / dimensions : 0, dimensions, revision));
  for (std::size_t row = 0; row * dimensions < rows.size(); ++row)
    HARMONIC_CHECK(maker.put(row, rows.subspan(row * dimensions, dimensions)));
  return std::move(maker).finish();
}

Result<VectorIndex> VectorIndex::open(const std::filesystem::path& file) {
  HARMONIC_TRY(auto image, Mapping::of_file(file));
  const auto shape = checked(image.bytes());
  if (!shape) return fail(shape.error().kind, file.string() + ": " + shape.error().message);
  image.expect_random_reads(shape->vectors_at());
  return VectorIndex{std::move(image), *shape};
}

Result<VectorIndex> VectorIndex::decode(std::string_view bytes) {
  HARMONIC_TRY(const auto shape, checked(bytes));
  HARMONIC_TRY(auto image, Mapping::of_zeros(bytes.size()));
  std::ranges::copy(bytes, image.writable().begin());
  return VectorIndex{std::move(image), shape};
}

std::span<const float> VectorIndex::vector(std::size_t row) const {
  const auto* first = reinterpret_cast<const float*>(image_.bytes().data() + shape_.vectors_at());
  return {first + row * shape_.dimensions, shape_.dimensions};
}

bool VectorIndex::has_vector(std::size_t row) const {
  return head(row / kBlockRows).scales[row % kBlockRows] > 0.0F;
}

Result<Query> VectorIndex::query(std::span<const float> values) const {
  if (values.size() == dimensions()) return query_of(values);
  return fail(ErrorKind::kInvalidInput, "a query of " + std::to_string(values.size()) +
                                            " values, to vectors of " +
                                            std::to_string(dimensions()));
}

Result<void> VectorIndex::check(const Filter& filter) const {
  const auto& cap = filter.cap;
  if ((filter.keep.empty() || filter.keep.size() == size()) &&
      (!cap.caps() || (cap.groups.size() == size() && cap.most > 0)))
    return {};
  return fail(ErrorKind::kInvalidInput, "a filter needs a value for each of the " +
                                            std::to_string(size()) +
                                            " rows, and a cap of at least 1");
}

VectorIndex::Runs VectorIndex::promising(const Query& query, std::size_t first,
                                         float threshold) const {
  const auto count = std::min(kBlocksAtOnce, shape_.blocks() - first);
  std::array<float, kBlocksAtOnce> highest{};
  coarse_kernel_(image_.bytes().data() + shape_.coarse_at(first), count, query, highest.data());
  Runs found;
  for (std::size_t i = 0; i < count; ++i) {
    if (highest[i] < threshold) continue;
    found.add(first + i);
    // Asked for all at once, they come while the others are looked at.
    for (std::size_t line = 0; line < shape_.block_bytes(); line += kCacheLine)
      __builtin_prefetch(block(first + i) + line);
  }
  return found;
}

Shortlist VectorIndex::scan(const Query& query, std::size_t count, const Filter& filter) const {
  Shortlist shortlist{count, filter.cap};
  const LeftOut left_out{filter};
  const auto add = [&](std::size_t number, std::span<const float> products) {
    const auto& at = head(number);
    if (!any_reaches(products, at, query.fine, shortlist.threshold())) return;
    for (std::size_t i = 0; i < kBlockRows; ++i) {
      const auto row = static_cast<std::uint32_t>(number * kBlockRows + i);
      const float doubt = query.fine.of(at.residuals[i]);
      const Candidate candidate{row, products[i] - doubt, products[i] + doubt};
      if (candidate.high >= shortlist.threshold() && at.scales[i] > 0.0F && row < shape_.rows &&
          !left_out(row))
        shortlist.add(candidate);
    }
  };
  std::array<float, kBlocksAtOnce * kBlockRows> products{};
  for (std::size_t first = 0; first < shape_.blocks(); first += kBlocksAtOnce) {
    for (const auto& run : promising(query, first, shortlist.threshold())) {
      kernel_(block(run.first), run.count, query, products.data());
      for (std::size_t i = 0; i < run.count; ++i)
        add(run.first + i, std::span{products}.subspan(i * kBlockRows, kBlockRows));
    }
  }
  return shortlist;
}

Result<std::vector<Neighbour>> VectorIndex::top(const Query& query, std::size_t count,
                                                const Filter& filter) const {
  HARMONIC_CHECK(check(filter));
  std::vector<Neighbour> best;
  if (count = std::min(count, size()); count == 0) return best;
  auto shortlist = scan(query, count, filter);
  for (const auto& [row, low, high] : shortlist.candidates()) {
    const float product = exact(row, query);
    // Not "outside": what is not a number is neither.
    if (!(product >= low && product <= high)) {
      return fail(ErrorKind::kCorrupt, "vector " + std::to_string(row) +
                                           " is not what its codes say: make the index anew");
    }
    best.push_back({row, product});
  }
  std::ranges::sort(best, [](const Neighbour& a, const Neighbour& b) {
    return a.product != b.product ? a.product > b.product : a.row < b.row;
  });
  GroupCount room{filter.cap};
  std::erase_if(best, [&](const Neighbour& neighbour) { return !room.admit(neighbour.row); });
  best.resize(std::min(best.size(), count));
  return best;
}

void VectorIndex::scores(const Query& query, std::span<float> out) const {
  const auto whole = size() / kBlockRows;
  kernel_(block(0), whole, query, out.data());
  if (whole == shape_.blocks()) return;
  std::array<float, kBlockRows> rest{};
  kernel_(block(whole), 1, query, rest.data());
  std::copy_n(rest.begin(), size() % kBlockRows,
              out.begin() + static_cast<std::ptrdiff_t>(whole * kBlockRows));
}

float VectorIndex::residual(std::size_t row) const {
  return head(row / kBlockRows).residuals[row % kBlockRows];
}

float VectorIndex::error_bound(std::size_t row, const Query& query) const {
  return query.fine.of(residual(row));
}

}  // namespace harmonic::similar
