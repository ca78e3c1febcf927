// smartlist/nsp.h - rules as Navidrome's .nsp files write them, with fields and groups of our own.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "smartlist/rules.h"

namespace harmonic::smartlist {

inline constexpr std::size_t kMostRuleBytes = std::size_t{16} << 20;

/// Names of fields and operators are read in any letter case.
/// Source  Navidrome's documentation, "Smart Playlists"; docs/playlists.md has what is ours.
/// Errors  kInvalidInput: the text is no JSON object, is deeper than kDeepest groups, longer than
///         kMostRuleBytes, names a key twice, or says what no rule can say; the message tells
///         where ("all[2].any[0]") and what is allowed there.
[[nodiscard]] Result<Rules> parse_nsp(std::string_view text);

/// parse_nsp() of it gives the same rules.
[[nodiscard]] std::string write_nsp(const Rules& rules);

/// "-plays,title": a minus before a field turns its order round.
/// Errors  kInvalidInput: no such field, or none that can be sorted by.
[[nodiscard]] Result<std::vector<SortKey>> parse_sort(std::string_view text);

}  // namespace harmonic::smartlist
