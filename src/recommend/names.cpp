#include "recommend/names.h"

#include <algorithm>

namespace harmonic::recommend {

namespace {

constexpr std::string_view kSpace = " \t\n\r";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace

std::string name_key(std::string_view name) {
  std::string key{trimmed(name)};
  std::transform(key.begin(), key.end(), key.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return key;
}

std::string title_key(std::string_view title) {
  auto rest = trimmed(title);
  while (rest.ends_with(')') || rest.ends_with(']')) {
    const auto open = rest.rfind(rest.back() == ')' ? '(' : '[');
    if (open == std::string_view::npos || trimmed(rest.substr(0, open)).empty()) break;
    rest = trimmed(rest.substr(0, open));
  }
  return name_key(rest);
}

}  // namespace harmonic::recommend
