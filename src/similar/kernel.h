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

[[nodiscard]] const char* name_of(Instructions instructions);
/// Whether this processor, and its system, have them.
[[nodiscard]] bool has(Instructions instructions);
[[nodiscard]] Instructions best_instructions();

/// Approximate products of the query with the rows of `count` blocks that lie one after another:
/// values[16 * count]. Whole numbers until the last two multiplications, so the same to the last
/// bit whichever instructions are used.
using Kernel = void (*)(const char* blocks, std::size_t count, const Query& query, float* values);

[[nodiscard]] Kernel kernel_of(Instructions instructions);

}  // namespace harmonic::similar
