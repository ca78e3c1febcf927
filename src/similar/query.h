// similar/query.h - vectors as small whole numbers, and how far those may be off.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "similar/image.h"

namespace harmonic::similar {

/// How far a product by codes may be off: |x.q - x'.q'| <= per_residual * (residual of x) +
/// constant. With x = x' + e and q = q' + f, x' and q' being what the codes tell: x.q - x'.q' =
/// e.q + x'.f, so <= |e||q| + (1 + |e|)|f| (Cauchy and Schwarz); the rounding of a few floats is in
/// `constant`.
struct Doubt {
  float per_residual = 0.0F;
  float constant = 0.0F;

  [[nodiscard]] float of(float residual) const { return residual * per_residual + constant; }
};

/// What is looked for, coded once for a scan: 16 bits a value, so that nearly all of the doubt is
/// the rows'. The codes are also there as two of 8 bits, code = 256 * high + low.
struct Query {
  std::vector<float> values;        ///< as given
  std::vector<std::int16_t> codes;  ///< padded with zeros to whole groups, as the others
  std::vector<std::int8_t> high;
  std::vector<std::int8_t> low;
  float scale = 0.0F;  ///< a code's unit; 256 of them are one of `high`
  Doubt fine;          ///< of products by codes of 8 bits, with all of the query's code
  Doubt coarse;        ///< of products by codes of 4 bits, with `high` alone
};

/// Errors  kInvalidInput: not finite, or of a length that is neither 0 nor within 1e-6 .. 1e6.
[[nodiscard]] Result<Query> query_of(std::span<const float> values);

/// Codes `vector`, of unit length or all zeros, as a row of a block.
void encode_row(std::span<const float> vector, char* block, std::size_t row_of_block);
/// As a row of a coarse block of zeros, or anew in the same place.
void encode_coarse_row(std::span<const float> vector, char* block, std::size_t row_of_block);

/// Sum of products, each exact and added up in double: the same on every machine.
[[nodiscard]] float inner_product(std::span<const float> a, std::span<const float> b);
/// The length in double.
[[nodiscard]] double length_of(std::span<const float> vector);

}  // namespace harmonic::similar
