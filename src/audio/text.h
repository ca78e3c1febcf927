// audio/text.h - foreign bytes to text that can be shown, stored and put into JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace harmonic::audio {

/// Valid UTF-8 without control characters and without blanks around it. Each byte that is not UTF-8
/// becomes U+FFFD. Longer than 1024 bytes is cut at a character.
[[nodiscard]] std::string clean_text(std::string_view foreign);

/// True when all of it is well-formed UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text);

/// The number that the text begins with ("3/12" is 3, "2004-05-01" is 2004), when in [low, high].
[[nodiscard]] std::optional<int> leading_number(std::string_view text, int low, int high);

/// Whether a name ends so, in any case; `ending` in small letters.
[[nodiscard]] bool ends_in(std::string_view name, std::string_view ending);

}  // namespace harmonic::audio
