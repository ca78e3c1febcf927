// Module recommend: a mood, a listener's history and the songs -> ranked songs with reasons. Pure:
// no clock, no database, no file; the same arguments give the same answer.
//
// Uses     base, affect, catalog, songlist.  Used by session and the command `harmonic recommend`.
// Threads  a Snapshot is immutable and may be shared; everything else is a function of its
// arguments. Read     target.h (where to aim), snapshot.h (the space), rank.h (the order).
// docs/recommend.md
//          has the formulas and where they come from.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "affect/emotion.h"
#include "base/valence_arousal.h"

namespace harmonic::recommend {

/// Where the music should be, seen from where the listener is.
enum class Strategy : std::uint8_t {
  kMatch,  ///< the listener's own mood
  kLift,   ///< on the way to a pleasant and rather lively mood
  kCalm,   ///< on the way to a quiet and mildly pleasant mood
};

inline constexpr std::array<std::string_view, 3> kStrategyNames{"match", "lift", "calm"};

[[nodiscard]] constexpr std::string_view name_of(Strategy strategy) {
  return kStrategyNames.at(static_cast<std::size_t>(strategy));
}

[[nodiscard]] constexpr std::optional<Strategy> strategy_named(std::string_view name) {
  for (std::size_t i = 0; i < kStrategyNames.size(); ++i) {
    if (kStrategyNames.at(i) == name) return static_cast<Strategy>(i);
  }
  return std::nullopt;
}

/// The part of the way from the mood to the goal that one ranking goes. Less than all of it: the
/// music first meets the listener and then leads (the iso principle of music therapy, Altshuler
/// 1948); as the listener's mood moves, so does the next target. A way of choosing songs, not a
/// treatment, and nothing here claims that it is one.
inline constexpr double kStepToGoal = 0.6;

/// Goals in the plane of Russell's circumplex; our choice, see docs/recommend.md.
[[nodiscard]] inline ValenceArousal lift_goal() { return ValenceArousal::clamped(0.7, 0.4); }
[[nodiscard]] inline ValenceArousal calm_goal() { return ValenceArousal::clamped(0.35, -0.6); }

/// The point that the songs should be near. kLift never lowers valence or arousal, kCalm never
/// lowers valence or raises arousal: who is beyond the goal stays there.
[[nodiscard]] ValenceArousal aim(ValenceArousal mood, Strategy strategy);

/// The same for a named emotion, placed in the plane by affect::point_of.
[[nodiscard]] ValenceArousal aim(affect::Emotion emotion, Strategy strategy);

}  // namespace harmonic::recommend
