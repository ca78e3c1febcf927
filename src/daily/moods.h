// daily/moods.h - which mood a part of the day asks for, and words for it.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "catalog/daily_lists.h"
#include "daily/day.h"
#include "recommend/snapshot.h"

namespace harmonic::daily {

/// Where a part of the day aims before anything is known of the listener: lively by day, quiet
/// towards the night, mildly pleasant all day. The places are ours.
/// Source  of the course over the day: Park, Thom, Mennicken, Cramer and Macy, "Global music
///         streaming data reveal diurnal and seasonal patterns of affective preference", Nature
///         Human Behaviour 3 (2019), 230-236.
[[nodiscard]] ValenceArousal usual_mood(DayPart part);

/// The usual mood counts as this many plays of yesterday.
inline constexpr double kUsualWeight = 4.0;
/// A play counts half as much for each of these that went by.
inline constexpr std::chrono::days kHalfLife{14};

/// For each part the mean of usual_mood() and of the plays in that part of the days before `day`,
/// newer ones weighing more: the listener's mood then where it was known, else the song's where it
/// was heard to the end. Plays of other songs, skips without a mood and later plays count for
/// nothing.
[[nodiscard]] std::array<ValenceArousal, catalog::kDayParts> moods_of(
    const Day& day, std::span<const catalog::Play> plays, const recommend::Snapshot& songs);

/// "calm and bright", "lively", "dark", "in between".
[[nodiscard]] std::string words_for(ValenceArousal mood);

}  // namespace harmonic::daily
