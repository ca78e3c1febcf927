#include "similar/query.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace harmonic::similar {

namespace {

constexpr float kMostRowCode = 127.0F;
constexpr float kMostQueryCode = 127.0F * 256.0F + 127.0F;  // the most that two of 8 bits tell
constexpr double kShortest = 1e-6;
constexpr double kLongest = 1e6;
// Of lengths that were computed in double and become float.
constexpr double kRoundUp = 1.0 + 0x1p-23;
// Of the query's length: three roundings of an approximate product, two of its bound and one of the
// exact product are each below 1.01 * 2^-24 of it.
constexpr double kRounding = 0x1p-20;

float largest_of(std::span<const float> values) {
  float largest = 0.0F;
  for (const float value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

/// Four running sums, so that vector registers need no other order.
template <typename Term>
double sum_of(std::size_t count, Term term) {
  std::array<double, 4> sums{};
  const auto whole = count / 4 * 4;
  for (std::size_t i = 0; i < whole; i += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += term(i + lane);
  }
  for (std::size_t i = whole; i < count; ++i) sums[0] += term(i);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// Length of what is left of `values` without `scale * code(i)`, rounded up.
template <typename Code>
float residual_of(std::span<const float> values, float scale, Code code) {
  const double unit = scale;
  const double squares = sum_of(values.size(), [&](std::size_t i) {
    const double off = static_cast<double>(values[i]) - unit * static_cast<double>(code(i));
    return off * off;
  });
  return static_cast<float>(std::sqrt(squares) * kRoundUp);
}

using Codes = std::array<std::uint8_t, kMostDimensions>;

/// As many units away from `zero` as each value is, so far as that many can be told.
Codes codes_of(std::span<const float> vector, float scale, std::uint8_t zero) {
  Codes codes{};
  codes.fill(zero);
  const auto middle = static_cast<float>(zero);
  for (std::size_t i = 0; i < vector.size() && scale > 0.0F; ++i) {
    // Positive, so what is cut off is rounding to the nearest.
    const float code = vector[i] / scale + middle + 0.5F;
    codes[i] = static_cast<std::uint8_t>(std::clamp(code, 1.0F, 2.0F * middle - 1.0F));
  }
  return codes;
}

void tell_head(std::span<const float> vector, float scale, const Codes& codes, std::uint8_t zero,
               char* block, std::size_t row_of_block) {
  auto* head = reinterpret_cast<BlockHead*>(block);
  head->scales[row_of_block] = scale;
  head->residuals[row_of_block] =
      residual_of(vector, scale, [&](std::size_t i) { return static_cast<int>(codes[i]) - zero; });
}

/// `residual` of a query of that length.
Doubt doubt_of(double length, double residual) {
  return {static_cast<float>((length + residual) * kRoundUp),
          static_cast<float>((1.0 + kLengthTolerance) * residual + kRounding * length)};
}

}  // namespace

float inner_product(std::span<const float> a, std::span<const float> b) {
  return static_cast<float>(sum_of(a.size(), [&](std::size_t i) {
    return static_cast<double>(a[i]) * static_cast<double>(b[i]);
  }));
}

double length_of(std::span<const float> vector) {
  return std::sqrt(sum_of(vector.size(), [&](std::size_t i) {
    return static_cast<double>(vector[i]) * static_cast<double>(vector[i]);
  }));
}

Result<Query> query_of(std::span<const float> values) {
  const double length = length_of(values);
  // Not "outside": a length that is not a number is neither.
  if (length != 0.0 && !(length >= kShortest && length <= kLongest)) {
    return fail(ErrorKind::kInvalidInput,
                "a query has a value that is not finite, or a length that is neither 0 nor near 1: "
                "scale it to unit length");
  }
  const auto padded = (values.size() + kGroup - 1) / kGroup * kGroup;
  Query query;
  query.values.assign(values.begin(), values.end());
  query.codes.resize(padded);
  query.high.resize(padded);
  query.low.resize(padded);
  query.scale = largest_of(values) / kMostQueryCode;
  for (std::size_t i = 0; i < values.size() && query.scale > 0.0F; ++i) {
    const float code = std::round(values[i] / query.scale);
    query.codes[i] = static_cast<std::int16_t>(std::clamp(code, -kMostQueryCode, kMostQueryCode));
    query.low[i] = static_cast<std::int8_t>(query.codes[i] & 0xFF);
    query.high[i] = static_cast<std::int8_t>((query.codes[i] - query.low[i]) / 256);
  }
  query.fine = doubt_of(
      length, residual_of(values, query.scale, [&](std::size_t i) { return query.codes[i]; }));
  query.coarse = doubt_of(length, residual_of(values, 256.0F * query.scale,
                                              [&](std::size_t i) { return query.high[i]; }));
  return query;
}

void encode_row(std::span<const float> vector, char* block, std::size_t row_of_block) {
  const float scale = largest_of(vector) / kMostRowCode;
  const auto codes = codes_of(vector, scale, kCodeOfZero);
  for (std::size_t group = 0; group * kGroup < vector.size(); ++group)
    std::memcpy(block + Shape::codes_at(group, row_of_block), &codes[group * kGroup], kGroup);
  tell_head(vector, scale, codes, kCodeOfZero, block, row_of_block);
}

void encode_coarse_row(std::span<const float> vector, char* block, std::size_t row_of_block) {
  constexpr std::size_t kBelow = kBlockRows / 2;  // rows whose codes are the lower half of a byte
  const float scale = largest_of(vector) / kMostCoarse;
  const auto codes = codes_of(vector, scale, kCoarseCodeOfZero);
  auto* bytes = reinterpret_cast<std::uint8_t*>(block + sizeof(BlockHead));
  const unsigned shift = row_of_block < kBelow ? 0 : 4;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    auto& byte = bytes[(i / kGroup * kBelow + row_of_block % kBelow) * kGroup + i % kGroup];
    byte = static_cast<std::uint8_t>((byte & ~(0xFU << shift)) | unsigned{codes.at(i)} << shift);
  }
  tell_head(vector, scale, codes, kCoarseCodeOfZero, block, row_of_block);
}

}  // namespace harmonic::similar
