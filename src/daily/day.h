// Module daily: the lists of a day, one for each part of it, by how the listener felt and what was
// played at that hour on other days.
//
//   plays before midnight -> a mood for each part -> recommend -> four lists, kept for the day
//
// Uses     base, affect, catalog, recommend.  Used by server and the command `harmonic today`.
// Read     day.h (days and their parts), moods.h (where a part aims), lists.h (its songs).
// Threads  pure functions, but for today_of(), which reads and writes the interface it is given.
//
// daily/day.h - days as the listener's clock has them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "catalog/daily_lists.h"

namespace harmonic::daily {

using catalog::DayPart;

/// A day of a listener: its date, and how far the clock on the wall is ahead of UTC.
struct Day {
  std::chrono::sys_days date;
  std::chrono::seconds utc_offset{0};

  [[nodiscard]] static Day of(std::chrono::system_clock::time_point now,
                              std::chrono::seconds utc_offset);
  /// Local midnight.
  [[nodiscard]] std::chrono::system_clock::time_point begin() const;
  [[nodiscard]] std::int64_t number() const { return date.time_since_epoch().count(); }
};

/// By the hours of catalog::DayPart.
[[nodiscard]] DayPart part_of(std::chrono::system_clock::time_point at,
                              std::chrono::seconds utc_offset);

/// "morning", "afternoon", "evening", "night".
[[nodiscard]] std::string_view name_of(DayPart part);
/// "2026-11-29".
[[nodiscard]] std::string date_of(const Day& day);
/// "Sunday".
[[nodiscard]] std::string_view weekday_of(const Day& day);

}  // namespace harmonic::daily
