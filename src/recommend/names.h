// recommend/names.h - when two names mean one thing.
#pragma once

#include <string>
#include <string_view>

namespace harmonic::recommend {

/// Equal for names that are the same but for letter case and outer white space. Only ASCII letters
/// lose their case: in other scripts two spellings count as two names.
[[nodiscard]] std::string name_key(std::string_view name);

/// name_key() without what stands in brackets at the end: "Song (Remastered 2009)" is "song". A
/// name that is all brackets stays whole.
[[nodiscard]] std::string title_key(std::string_view title);

}  // namespace harmonic::recommend
