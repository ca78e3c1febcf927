// catalog/daily_lists.h - the lists that were made for one day, and the plays that they are made
// from.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "catalog/store.h"

namespace harmonic::catalog {

/// 5 to 12, 12 to 17, 17 to 22 and 22 to 5 o'clock.
enum class DayPart : std::uint8_t { kMorning, kAfternoon, kEvening, kNight };
inline constexpr std::size_t kDayParts = 4;

/// A list that was made for a part of one day.
struct DailyList {
  DayPart part = DayPart::kMorning;
  std::string title;  ///< "Monday morning, calm and bright"
  std::vector<SongId> songs;
  friend bool operator==(const DailyList&, const DailyList&) = default;
};

/// Threads  every call may come from any thread. A call that returned success survives kill -9.
/// Errors   as catalog::Store.
class DailyLists {
 public:
  DailyLists() = default;
  DailyLists(const DailyLists&) = delete;
  DailyLists& operator=(const DailyLists&) = delete;
  virtual ~DailyLists() = default;

  /// The plays that began before `end`, missing songs included, in the order of their beginning;
  /// empty for a stranger.
  [[nodiscard]] virtual Result<std::vector<Play>> plays_before(
      ListenerId listener, std::chrono::system_clock::time_point end) const = 0;
  /// What was kept for this day, a number of days since 1970-01-01; empty when nothing was.
  [[nodiscard]] virtual Result<std::vector<DailyList>> lists(ListenerId listener,
                                                             std::int64_t day) const = 0;
  /// Keeps lists for the day and forgets other days'. Where lists of that day are there, they stay
  /// and are given: of two that make lists at once, one has made them.
  /// Errors  kNotFound: there is no such listener.
  [[nodiscard]] virtual Result<std::vector<DailyList>> keep_lists(
      ListenerId listener, std::int64_t day, std::span<const DailyList> lists) = 0;
};

}  // namespace harmonic::catalog
