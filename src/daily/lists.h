// daily/lists.h - the songs of a day's lists.
#pragma once

#include <span>
#include <vector>

#include "affect/emotion.h"
#include "catalog/daily_lists.h"
#include "daily/day.h"
#include "recommend/snapshot.h"

namespace harmonic::daily {

/// Songs of a list at most. A library of fewer than four times as many gives shorter lists.
inline constexpr std::size_t kListSongs = 25;
/// And at least, while there are as many.
inline constexpr std::size_t kFewestSongs = 5;
inline constexpr std::size_t kOfOneArtist = 3;

/// What the lists of a day are made from.
struct Grounds {
  Day day;
  ListenerId listener;
  const recommend::Snapshot& songs;
  std::span<const catalog::Play> plays;           ///< before day.begin()
  std::span<const catalog::SongHistory> history;  ///< its likes count, nothing else of it
};

/// One list for each part of the day (moods.h), in their order; none where no song was heard. Lists
/// share no song where there are enough. Titles name the weekday, the part and the mood of the
/// songs, "Sunday morning, calm and bright". The same arguments give the same lists, another day
/// others.
[[nodiscard]] std::vector<catalog::DailyList> lists_of(const Grounds& grounds);

/// The day's list for a mood that the listener names, "Sunday, sad"; `part` says nothing. Likes do
/// not count, so that it stays as it is while songs are played and liked.
[[nodiscard]] catalog::DailyList list_for(affect::Emotion mood, const Grounds& grounds);

/// The lists that are kept for the day; where there are none, new ones. These are kept, unless the
/// library is still small (fewer than four full lists) and has songs that were not heard yet: then
/// more will come soon.
/// Errors  those of `kept`.
[[nodiscard]] Result<std::vector<catalog::DailyList>> today_of(catalog::DailyLists& kept,
                                                               const Grounds& grounds);

}  // namespace harmonic::daily
