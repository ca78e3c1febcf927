#include "server/range.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <optional>

namespace harmonic::server {

namespace {

constexpr std::string_view kUnit = "bytes";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Digits only; saturates, because a position past any file is still a position.
std::optional<std::uint64_t> position(std::string_view digits) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  if (digits.empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    value = value > (kMost - digit) / 10 ? kMost : value * 10 + digit;
  }
  return value;
}

bool is_bytes(std::string_view unit) {
  return std::equal(unit.begin(), unit.end(), kUnit.begin(), kUnit.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == b;
  });
}

RangeAnswer last_bytes(std::uint64_t count, std::uint64_t size) {
  if (count == 0 || size == 0) return NotSatisfiable{};
  const auto length = std::min(count, size);
  return Slice{size - length, length};
}

}  // namespace

RangeAnswer read_range(std::string_view value, std::uint64_t size) {
  value = trimmed(value);
  const auto equals = value.find('=');
  if (equals == std::string_view::npos || !is_bytes(value.substr(0, equals))) return WholeFile{};
  const auto spec = trimmed(value.substr(equals + 1));
  const auto dash = spec.find('-');
  if (dash == std::string_view::npos) return WholeFile{};
  const auto left = spec.substr(0, dash);
  const auto right = spec.substr(dash + 1);

  const auto last = position(right);
  if (left.empty()) return last ? last_bytes(*last, size) : RangeAnswer{WholeFile{}};
  const auto first = position(left);
  if (!first || (!right.empty() && !last)) return WholeFile{};
  if (last && *last < *first) return WholeFile{};
  if (*first >= size) return NotSatisfiable{};
  const auto end = last ? std::min(*last, size - 1) : size - 1;
  return Slice{*first, end - *first + 1};
}

std::string content_range(Slice slice, std::uint64_t size) {
  return "bytes " + std::to_string(slice.first) + "-" +
         std::to_string(slice.first + slice.length - 1) + "/" + std::to_string(size);
}

}  // namespace harmonic::server
