// smartlist/uri.h - file names as URIs and back; inside this module.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace harmonic::smartlist {

/// The bytes that a percent-encoded text stands for. What is no %XX stays. Nothing for %00, which
/// no path can hold.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

/// Everything percent-encoded but what a path may hold as it is (RFC 3986: unreserved and "/").
[[nodiscard]] std::string percent_encoded_path(std::string_view path);

/// True for "scheme:..." (RFC 3986, section 3.1); a drive letter is no scheme.
[[nodiscard]] bool has_scheme(std::string_view text);

/// The path of a file:// address of this or no host, decoded; nothing for other addresses.
[[nodiscard]] std::optional<std::string> path_of_file_uri(std::string_view uri);

/// UTF-8: the text itself, or its bytes read as Latin-1 where it is not well-formed.
[[nodiscard]] std::string as_utf8(std::string_view text);

/// Without control characters: one space for each run, so that a text is one line.
[[nodiscard]] std::string one_line(std::string_view text);

}  // namespace harmonic::smartlist
