#include "daily/day.h"

#include <array>
#include <cstdio>

namespace harmonic::daily {

namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, catalog::kDayParts> kPartNames{"morning", "afternoon",
                                                                      "evening", "night"};
constexpr std::array<std::string_view, 7> kWeekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                    "Thursday", "Friday", "Saturday"};

}  // namespace

Day Day::of(system_clock::time_point now, seconds utc_offset) {
  return {floor<days>(now + utc_offset), utc_offset};
}

system_clock::time_point Day::begin() const {
  return time_point_cast<system_clock::duration>(date) - utc_offset;
}

DayPart part_of(system_clock::time_point at, seconds utc_offset) {
  const auto local = at + utc_offset;
  const auto hour = duration_cast<hours>(local - floor<days>(local)).count();
  if (hour < 5 || hour >= 22) return DayPart::kNight;
  if (hour < 12) return DayPart::kMorning;
  return hour < 17 ? DayPart::kAfternoon : DayPart::kEvening;
}

std::string_view name_of(DayPart part) { return kPartNames.at(static_cast<std::size_t>(part)); }

std::string date_of(const Day& day) {
  const std::chrono::year_month_day date{day.date};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string_view weekday_of(const Day& day) { return kWeekdays.at(weekday{day.date}.c_encoding()); }

}  // namespace harmonic::daily
