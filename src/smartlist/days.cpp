#include "smartlist/days.h"

#include <algorithm>

namespace harmonic::smartlist {

namespace {

using namespace std::chrono;

std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

}  // namespace

std::optional<Days> days_of(std::string_view text) {
  const bool has_month = text.size() >= 7 && text[4] == '-';
  const bool has_day = text.size() == 10 && has_month && text[7] == '-';
  if (text.size() != 4 && !has_day && !(has_month && text.size() == 7)) return std::nullopt;
  const auto years = digits(text.substr(0, 4));
  if (!years || *years == 0) return std::nullopt;
  const year when{static_cast<int>(*years)};
  if (!has_month) return Days{sys_days{when / January / 1}, sys_days{when / December / 31}};
  const auto months = digits(text.substr(5, 2));
  if (!months || *months < 1 || *months > 12) return std::nullopt;
  const auto in = when / month{*months};
  if (!has_day) return Days{sys_days{in / 1}, sys_days{in / last}};
  const auto days = digits(text.substr(8, 2));
  if (!days || !(in / day{*days}).ok()) return std::nullopt;
  return Days{sys_days{in / day{*days}}, sys_days{in / day{*days}}};
}

std::optional<Days> days_of_tag(std::string_view text) {
  if (text.size() > 10 && (text[10] == 'T' || text[10] == ' ')) text = text.substr(0, 10);
  if (text.size() == 10 && text.ends_with("-00")) text.remove_suffix(3);
  if (text.size() == 7 && text.ends_with("-00")) text.remove_suffix(3);
  return days_of(text);
}

}  // namespace harmonic::smartlist
