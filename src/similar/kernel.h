// similar/kernel.h - the loop that a scan spends its time in, for the instructions at hand.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "similar/query.h"

namespace harmonic::similar {

enum class Instructions : std::uint8_t { kPortable, kAvx2, kAvx512Vnni };
inline constexpr std::array kAllInstructions{Instructions::kPortable, Instructions::kAvx2,
                                             Instructions::kAvx512Vnni};

/// How far ahead of their use codes are asked for, in bytes: a processor's own look ahead ends with
/// the page. Chosen with 1,000,000 x 64 on Zen 2 (docs/decisions/0170).
inline constexpr std::size_t kAhead = 12'288;

[[nodiscard]] const char* name_of(Instructions instructions);
/// Whether this processor, and its system, have them.
[[nodiscard]] bool has(Instructions instructions);
[[nodiscard]] Instructions best_instructions();

/// Approximate products of the query with the rows of `count` blocks that lie one after another:
/// values[16 * count]. Whole numbers until the last two multiplications, so the same to the last
/// bit whichever instructions are used.
using Kernel = void (*)(const char* blocks, std::size_t count, const Query& query, float* values);

[[nodiscard]] Kernel kernel_of(Instructions instructions);
/// What no row's product in each of `count` coarse blocks is above: highest[count].
using CoarseKernel = void (*)(const char* blocks, std::size_t count, const Query& query,
                              float* highest);

[[nodiscard]] CoarseKernel coarse_kernel_of(Instructions instructions);

}  // namespace harmonic::similar
