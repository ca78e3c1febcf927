// bandit/state.h - wishes as bytes and back.
#pragma once

#include <string>
#include <string_view>

#include "bandit/wishes.h"
#include "base/result.h"

namespace harmonic::bandit {

/// Magic, version, SHA-256 of what follows, plays, mean, lower triangle of the covariance: about
/// 8 kB.
[[nodiscard]] std::string encode(const Wishes& wishes);

/// Wishes under the constants of this program.
/// Errors  kCorrupt, in one line: not such bytes, another version, changed or cut off; numbers that
///         no listening makes (not finite, far out, no covariance).
[[nodiscard]] Result<Wishes> decode(std::string_view bytes);

}  // namespace harmonic::bandit
