#include "audio/text.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <cstdint>

namespace harmonic::audio {

namespace {

constexpr std::size_t kLongest = 1024;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Length of the well-formed character at the start of `s`, 0 when there is none.
/// Source  Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
std::size_t character_length(std::string_view s) {
  const auto at = [s](std::size_t i) { return static_cast<std::uint8_t>(s[i]); };
  const auto first = at(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || s.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xC0) != 0x80) return 0;
  }
  const auto second = at(1);
  if (first == 0xE0 && second < 0xA0) return 0;
  if (first == 0xED && second > 0x9F) return 0;
  if (first == 0xF0 && second < 0x90) return 0;
  if (first == 0xF4 && second > 0x8F) return 0;
  return length;
}

bool is_control(std::string_view character) {
  const auto first = static_cast<std::uint8_t>(character[0]);
  if (first < 0x20 || first == 0x7F) return true;
  return first == 0xC2 && static_cast<std::uint8_t>(character[1]) < 0xA0;  // U+0080 .. U+009F
}

}  // namespace

std::string clean_text(std::string_view foreign) {
  std::string clean;
  while (!foreign.empty() && clean.size() < kLongest) {
    const auto length = character_length(foreign);
    const auto character = length == 0 ? kReplacement : foreign.substr(0, length);
    if (clean.size() + character.size() > kLongest) break;
    clean += is_control(character) ? std::string_view{" "} : character;
    foreign.remove_prefix(length == 0 ? 1 : length);
  }
  const auto first = clean.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return clean.substr(first, clean.find_last_not_of(' ') - first + 1);
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto length = character_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::optional<int> leading_number(std::string_view text, int low, int high) {
  const auto start = text.find_first_not_of(' ');
  if (start == std::string_view::npos) return std::nullopt;
  int value = 0;
  const auto parsed = std::from_chars(text.data() + start, text.data() + text.size(), value);
  if (parsed.ec != std::errc{} || value < low || value > high) return std::nullopt;
  return value;
}

bool ends_in(std::string_view name, std::string_view ending) {
  return name.size() > ending.size() &&
         std::ranges::equal(name.substr(name.size() - ending.size()), ending, {},
                            [](unsigned char c) { return std::tolower(c); });
}

}  // namespace harmonic::audio
