// similar/image.h - how an index lies in its file and in memory: one image, the same in both.
//
//   head    128 bytes: "HFVI", version, SHA-256 of all that follows it up to the vectors,
//           dimensions, rows, revision
//   coarse  blocks of 16 rows each: 16 scales, 16 residuals, then codes of 4 bits, four of a row
//           beside four of the next; the ninth row's lie above the first's, and so on
//   fine    blocks of the same rows: the same with codes of 8 bits, so that a vector register holds
//           as many sums as there are rows
//   vectors f32 [rows, dimensions], row-major
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "base/result.h"

namespace harmonic::similar {

inline constexpr std::size_t kBlockRows = 16;
inline constexpr std::size_t kGroup = 4;  ///< codes of a row that lie side by side
inline constexpr std::size_t kHeadBytes = 128;
inline constexpr std::size_t kMostDimensions = 256;
/// What a code of 0 is stored as: the dot product of AVX512-VNNI takes one side without sign.
inline constexpr std::uint8_t kCodeOfZero = 128;
inline constexpr std::uint8_t kCoarseCodeOfZero = 8;
/// A row's largest value, in coarse codes: it is half a code off, as any other may be.
inline constexpr float kMostCoarse = 7.5F;
/// A row is of unit length up to this.
inline constexpr double kLengthTolerance = 1e-3;

/// One row of a block, codes aside.
struct BlockHead {
  std::array<float, kBlockRows> scales;  ///< a code's unit; 0 for a row without a vector
  std::array<float, kBlockRows>
      residuals;  ///< length of what the codes do not tell of the row, rounded up
};

/// How many rows of how many values, and where in the image they are.
struct Shape {
  std::uint32_t dimensions = 0;
  std::uint32_t rows = 0;
  std::int64_t revision = 0;

  [[nodiscard]] std::size_t groups() const { return (dimensions + kGroup - 1) / kGroup; }
  [[nodiscard]] std::size_t blocks() const {
    return (std::size_t{rows} + kBlockRows - 1) / kBlockRows;
  }
  [[nodiscard]] std::size_t coarse_bytes() const {
    return sizeof(BlockHead) + groups() * kGroup * kBlockRows / 2;
  }
  [[nodiscard]] std::size_t block_bytes() const {
    return sizeof(BlockHead) + groups() * kGroup * kBlockRows;
  }
  [[nodiscard]] std::size_t coarse_at(std::size_t block) const {
    return kHeadBytes + block * coarse_bytes();
  }
  [[nodiscard]] std::size_t block_at(std::size_t block) const {
    return coarse_at(blocks()) + block * block_bytes();
  }
  [[nodiscard]] std::size_t vectors_at() const { return block_at(blocks()); }
  [[nodiscard]] std::size_t bytes() const {
    return vectors_at() + std::size_t{rows} * dimensions * sizeof(float);
  }
  /// Where in its block the codes 4 * group ... of a row lie.
  [[nodiscard]] static std::size_t codes_at(std::size_t group, std::size_t row_of_block) {
    return sizeof(BlockHead) + (group * kBlockRows + row_of_block) * kGroup;
  }
};

/// Writes the head of an image whose blocks are filled in.
void seal(std::span<char> image, const Shape& shape);

/// What the head says, once all that a scan reads is known to be what was written: kind, version,
/// size, digest, and numbers that can be. The vectors are not read: they are most of the file, and
/// a few of them are wanted at a time. Whoever reads one checks it against its codes.
/// Errors  kCorrupt.
[[nodiscard]] Result<Shape> checked(std::string_view image);

}  // namespace harmonic::similar
