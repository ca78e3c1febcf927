#include "similar/image.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "base/bytes.h"
#include "base/digest.h"

namespace harmonic::similar {

namespace {

constexpr std::string_view kMagic = "HFVI";
constexpr std::uint32_t kVersion = 2;
constexpr std::size_t kDigest = 64;  // hexadecimal digits of SHA-256
constexpr std::size_t kDigested = kMagic.size() + sizeof kVersion + kDigest;

/// What a block of rows of unit length can hold; somewhat more is let through for the rounding.
struct Limits {
  float scale = 0.0F;
  float residual = 0.0F;
};
// A row's largest value is coded as 127, and a residual is half a code's unit in each dimension.
constexpr Limits kFine{1.01F / 127.0F, 0.1F};
// Here a residual may be half the row: of the values, those below half a unit are lost.
constexpr Limits kCoarse{1.01F / kMostCoarse, 1.01F};

tl::unexpected<Error> damaged() {
  return fail(ErrorKind::kCorrupt, "damaged or cut off: make the index anew");
}

bool can_be(float value, float most) { return value >= 0.0F && value <= most; }

bool can_be(const char* block, const Limits& limits) {
  BlockHead head{};
  std::memcpy(&head, block, sizeof head);
  return std::ranges::all_of(head.scales, [&](float v) { return can_be(v, limits.scale); }) &&
         std::ranges::all_of(head.residuals, [&](float v) { return can_be(v, limits.residual); });
}

bool all_can_be(std::string_view image, const Shape& shape) {
  for (std::size_t block = 0; block < shape.blocks(); ++block) {
    if (!can_be(image.data() + shape.coarse_at(block), kCoarse) ||
        !can_be(image.data() + shape.block_at(block), kFine))
      return false;
  }
  return true;
}

std::string digest_of(std::string_view image, const Shape& shape) {
  return sha256_hex(image.substr(kDigested, shape.vectors_at() - kDigested));
}

}  // namespace

void seal(std::span<char> image, const Shape& shape) {
  const auto revision = static_cast<std::uint64_t>(shape.revision);
  std::string numbers;
  put_u32(numbers, shape.dimensions);
  put_u32(numbers, shape.rows);
  put_u32(numbers, static_cast<std::uint32_t>(revision & 0xFFFFFFFFU));
  put_u32(numbers, static_cast<std::uint32_t>(revision >> 32U));
  std::ranges::copy(numbers, image.begin() + static_cast<std::ptrdiff_t>(kDigested));
  std::string front{kMagic};
  put_u32(front, kVersion);
  front += digest_of({image.data(), image.size()}, shape);
  std::ranges::copy(front, image.begin());
}

Result<Shape> checked(std::string_view image) {
  Bytes left{image};
  if (left.text(kMagic.size()) != kMagic)
    return fail(ErrorKind::kCorrupt, "not an index of vectors: name another file");
  if (left.u32() != kVersion)
    return fail(ErrorKind::kCorrupt,
                "made by another version of this program: make the index anew");
  const auto digest = left.text(kDigest);
  if (!digest || image.size() < kHeadBytes) return damaged();
  Shape shape;
  shape.dimensions = left.u32().value_or(0);
  shape.rows = left.u32().value_or(0);
  const std::uint64_t low = left.u32().value_or(0);
  shape.revision = static_cast<std::int64_t>(low | std::uint64_t{left.u32().value_or(0)} << 32U);
  // Dimensions first: with them in range no size overflows.
  if (shape.dimensions == 0 || shape.dimensions > kMostDimensions) return damaged();
  if (shape.bytes() != image.size() || digest_of(image, shape) != *digest) return damaged();
  if (!all_can_be(image, shape)) return damaged();
  return shape;
}

}  // namespace harmonic::similar
