// songlist/text.h - comparing and cleaning what people wrote.
#pragma once

#include <string>
#include <string_view>

namespace harmonic::songlist {

/// Without white space (ASCII) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Well-formed UTF-8 (RFC 3629) without a zero byte.
[[nodiscard]] bool is_utf8(std::string_view text);

/// Lower case for A..Z; other bytes stay.
[[nodiscard]] std::string lowered(std::string_view text);

/// What is left of a title or an artist when two spellings of the same should be equal: without
/// what stands in brackets, without "feat. ...", without the ending of a sound file; lower case
/// (ASCII); letters and digits only, bytes beyond ASCII kept. Empty for a name that is all
/// brackets.
[[nodiscard]] std::string match_key(std::string_view name);

/// Percent-encoded for a query (RFC 3986, section 2.1).
[[nodiscard]] std::string url_encoded(std::string_view text);

}  // namespace harmonic::songlist
