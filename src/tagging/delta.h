// tagging/delta.h - one file told by another: what must be copied and what stands in neither place.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace harmonic::tagging {

/// How `former` is made from `now`. Small where both hold the same long stretches, moved or not:
/// tags that changed, and headers of pages that count.
[[nodiscard]] std::string make_delta(std::string_view former, std::string_view now);

/// `former` again.
/// Errors  kCorrupt: the delta does not fit to `now`.
[[nodiscard]] Result<std::string> apply_delta(std::string_view now, std::string_view delta);

}  // namespace harmonic::tagging
