// smartlist/days.h - dates as tags and people write them: a day, a month or a year.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace harmonic::smartlist {

/// The days that a date may mean, both included: one for "2004-05-31", 366 for "2004".
struct Days {
  std::chrono::sys_days first;
  std::chrono::sys_days last;
};

/// "2004", "2004-05" or "2004-05-31", years 1 to 9999.
[[nodiscard]] std::optional<Days> days_of(std::string_view text);

/// As days_of, for tags: a time of day after the day is passed over, and month or day 00 is none.
[[nodiscard]] std::optional<Days> days_of_tag(std::string_view text);

}  // namespace harmonic::smartlist
