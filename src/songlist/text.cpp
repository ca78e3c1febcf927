#include "songlist/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace harmonic::songlist {

namespace {

constexpr std::string_view kWhite = " \t\r\n\v\f";
constexpr std::array<std::string_view, 7> kEndings{".mp3", ".opus", ".ogg", ".flac",
                                                   ".m4a", ".wav",  ".wma"};
constexpr std::array<std::string_view, 4> kGuests{" feat. ", " feat ", " ft. ", " featuring "};

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// Bytes of the well-formed sequence that `text` begins with; 0 when it begins with none.
/// Source  the table of RFC 3629, section 4.
std::size_t sequence_at(std::string_view text) {
  const auto byte = [text](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : std::uint8_t{0};
  };
  const auto within = [](unsigned value, unsigned low, unsigned high) {
    return value >= low && value <= high;
  };
  const auto tail = [&](std::size_t i) { return within(byte(i), 0x80, 0xBF); };
  const unsigned first = byte(0);
  const unsigned second = byte(1);
  if (within(first, 0x01, 0x7F)) return 1;
  if (within(first, 0xC2, 0xDF)) return tail(1) ? 2 : 0;
  if (within(first, 0xE0, 0xEF)) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return within(second, low, high) && tail(2) ? 3 : 0;
  }
  if (within(first, 0xF0, 0xF4)) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return within(second, low, high) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

std::string without_brackets(std::string_view name) {
  std::string out;
  int depth = 0;
  for (const char c : name) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) out += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return out;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(kWhite);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kWhite) - begin + 1);
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto size = sequence_at(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string lowered(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string match_key(std::string_view name) {
  std::string text = lowered(without_brackets(name));
  for (const auto ending : kEndings) {
    const auto cut = std::string{trimmed(text)};
    if (cut.ends_with(ending)) text = cut.substr(0, cut.size() - ending.size());
  }
  for (const auto guest : kGuests) text = text.substr(0, text.find(guest));
  std::string key;
  std::ranges::copy_if(text, std::back_inserter(key),
                       [](char c) { return is_letter_or_digit(c) || is_beyond_ascii(c); });
  return key;
}

std::string url_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return out;
}

}  // namespace harmonic::songlist
