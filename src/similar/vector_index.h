// Module similar: which of many vectors point the way of one, exactly, in a few milliseconds.
//
//   f32 rows of unit length -> VectorIndex (codes of 4 and of 8 bits beside the rows) -> all
//   products nearly, or the best of them exactly
//
// Uses     base.  Used by the commands.
// Read     vector_index.h, then image.h (how it lies in memory), query.h (the bound), shortlist.h.
// Threads  a VectorIndex is immutable.
//
// similar/vector_index.h - inner products with all rows of an index.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/whole_file.h"
#include "similar/image.h"
#include "similar/kernel.h"
#include "similar/mapping.h"
#include "similar/query.h"
#include "similar/shortlist.h"

namespace harmonic::similar {

struct Neighbour {
  std::uint32_t row = 0;
  float product = 0.0F;  ///< inner product with the query; the cosine where that has unit length

  friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

/// Which rows may be among the best.
struct Filter {
  std::span<const std::uint8_t> keep;      ///< of each row; 0 leaves it out. Empty: all may.
  std::span<const std::uint32_t> without;  ///< rows that are left out, in any order
  GroupCap cap;                            ///< at most so many of an album, of an artist
};

/// A flat index: no row is skipped, so the answer is exact and there is nothing to train. A search
/// reads an eighth of what the floats would be; finer codes, and then the floats, are looked at
/// for the few rows that may be among the best.
/// Source  the bound is that of Cauchy and Schwarz; coding before an exact look follows VA-File,
///         Weber, Schek, Blott, "A quantitative analysis and performance study for
///         similarity-search methods in high-dimensional spaces", VLDB 1998
class VectorIndex {
 public:
  /// Of f32 [n, dimensions], row-major, each row of unit length (within kLengthTolerance) or all
  /// zeros: it has no vector and is nobody's neighbour. `revision` says what the rows belong to.
  /// Errors  kInvalidInput: dimensions not within 1 .. kMostDimensions, a cut row, 2^32 rows, or a
  ///         row of another length.  kUnavailable: no memory.
  [[nodiscard]] static Result<VectorIndex> build(std::span<const float> rows,
                                                 std::size_t dimensions, std::int64_t revision = 0);
  class Maker;
  /// The file stays mapped: the codes are read once, to check them, and shared with other programs;
  /// vectors are read when they are wanted. Memory  none of its own.
  /// Errors  kNotFound, kInvalidInput, kUnavailable as Mapping::of_file.  kCorrupt: damaged, cut
  ///         off, or something else.
  [[nodiscard]] static Result<VectorIndex> open(const std::filesystem::path& file);
  /// Of a copy of the bytes of such a file. Errors  as open().
  [[nodiscard]] static Result<VectorIndex> decode(std::string_view bytes);
  /// In one step. Errors  kUnavailable: cannot be written.
  [[nodiscard]] Result<void> save(const std::filesystem::path& file) const {
    return write_whole(file, image_.bytes());
  }
  [[nodiscard]] std::string_view bytes() const { return image_.bytes(); }

  [[nodiscard]] std::size_t size() const { return shape_.rows; }
  [[nodiscard]] std::size_t dimensions() const { return shape_.dimensions; }
  [[nodiscard]] std::int64_t revision() const { return shape_.revision; }
  /// f32 [dimensions()].
  [[nodiscard]] std::span<const float> vector(std::size_t row) const;
  [[nodiscard]] bool has_vector(std::size_t row) const;

  /// Errors  kInvalidInput: another number of values, and as query_of().
  [[nodiscard]] Result<Query> query(std::span<const float> values) const;

  /// The `count` rows of the highest exact() that the filter lets through, best first, of equal
  /// ones the lower row first; fewer where there are not as many. With a cap: as if all rows were
  /// gone through in that order and each taken whose group has room. Errors  kInvalidInput: a
  /// filter of another size.  kCorrupt: a vector is not what its codes
  ///         say, so the file was damaged.
  [[nodiscard]] Result<std::vector<Neighbour>> top(const Query& query, std::size_t count,
                                                   const Filter& filter = {}) const;

  /// Nearly exact() of every row, 0 where it has no vector: out[size()].
  void scores(const Query& query, std::span<float> out) const;
  /// Length of what its codes leave out of a row.
  [[nodiscard]] float residual(std::size_t row) const;
  /// How far the score of a row is from exact() at most; grows with the residual.
  [[nodiscard]] float error_bound(std::size_t row, const Query& query) const;
  /// The inner product, summed in double.
  [[nodiscard]] float exact(std::size_t row, const Query& query) const {
    return inner_product(vector(row), query.values);
  }

  /// The same answers by other instructions of this processor; for comparisons.
  void use(Instructions instructions) {
    kernel_ = kernel_of(instructions);
    coarse_kernel_ = coarse_kernel_of(instructions);
  }

 private:
  VectorIndex(Mapping image, const Shape& shape);

  [[nodiscard]] const char* block(std::size_t number) const {
    return image_.bytes().data() + shape_.block_at(number);
  }
  [[nodiscard]] const BlockHead& head(std::size_t number) const {
    return *reinterpret_cast<const BlockHead*>(block(number));
  }
  [[nodiscard]] Result<void> check(const Filter& filter) const;
  static constexpr std::size_t kBlocksAtOnce = 64;
  /// Blocks that lie one after another.
  struct Run {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  /// Ascending.
  class Runs {
   public:
    void add(std::size_t block) {
      if (count_ == 0 || runs_[count_ - 1].first + runs_[count_ - 1].count != block)
        runs_[count_++] = {block, 0};
      ++runs_[count_ - 1].count;
    }
    [[nodiscard]] auto begin() const { return runs_.begin(); }
    [[nodiscard]] auto end() const { return begin() + static_cast<std::ptrdiff_t>(count_); }

   private:
    std::array<Run, kBlocksAtOnce> runs_{};
    std::size_t count_ = 0;
  };
  /// Of kBlocksAtOnce from `first` on: in which a row may reach `threshold`.
  [[nodiscard]] Runs promising(const Query& query, std::size_t first, float threshold) const;
  [[nodiscard]] Shortlist scan(const Query& query, std::size_t count, const Filter& filter) const;

  Mapping image_;
  Shape shape_;
  Kernel kernel_ = kernel_of(best_instructions());
  CoarseKernel coarse_kernel_ = coarse_kernel_of(best_instructions());
};

/// Makes an index of rows that come one by one, so that they need not all be held beside it.
class VectorIndex::Maker {
 public:
  /// Errors  as build().
  [[nodiscard]] static Result<Maker> begin(std::size_t rows, std::size_t dimensions,
                                           std::int64_t revision = 0);

  /// `vector` as in build(). Every row is to be put, in any order.
  /// Errors  kInvalidInput: another number of values or another length; the row is not put.
  [[nodiscard]] Result<void> put(std::size_t row, std::span<const float> vector);
  [[nodiscard]] VectorIndex finish() &&;

 private:
  Maker(Mapping image, const Shape& shape) : image_{std::move(image)}, shape_{shape} {}

  Mapping image_;
  Shape shape_;
};

}  // namespace harmonic::similar
