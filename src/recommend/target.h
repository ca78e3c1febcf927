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

class Targets;

/// Where the music should be, seen from where the listener is.
enum class Strategy : std::uint8_t {
  kMatch,  ///< the listener's own mood
  kLift,   ///< on the way to a pleasant and rather lively mood
  kCalm,   ///< on the way to a quiet and mildly pleasant mood
  kFocus,  ///< a quiet, mildly pleasant mood of even arousal, wherever the listener is
};

inline constexpr std::array<std::string_view, 4> kStrategyNames{"match", "lift", "calm", "focus"};

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

/// Goals in the plane of Russell's circumplex, see share/targets.txt.
[[nodiscard]] inline ValenceArousal lift_goal() { return ValenceArousal::clamped(0.7, 0.4); }
[[nodiscard]] inline ValenceArousal calm_goal() { return ValenceArousal::clamped(0.35, -0.6); }
[[nodiscard]] inline ValenceArousal focus_goal() { return ValenceArousal::clamped(0.25, -0.25); }

/// The point that the songs should be near. kLift never lowers valence or arousal, kCalm never
/// lowers valence or raises arousal: who is beyond the goal stays there. kFocus goes all the way.
[[nodiscard]] ValenceArousal aim(ValenceArousal mood, Strategy strategy);

/// Within this of an expression's place in the plane its own goal has a say.
inline constexpr float kExpressionReach = 0.5F;

/// The same with the goals of `targets`. At the place of an expression that has a goal of its own
/// the target lies kStepToGoal of the way there (kMatch, kFocus: there), whatever it lowers or
/// raises; at the places of the others as above. Between them the target is blended, without a
/// jump, by the nearness of all expressions in reach and of none (Franke and Little's weights).
[[nodiscard]] ValenceArousal aim(ValenceArousal mood, Strategy strategy, const Targets& targets);

/// The same for a named emotion, placed in the plane by affect::point_of.
[[nodiscard]] ValenceArousal aim(affect::Emotion emotion, Strategy strategy);

}  // namespace harmonic::recommend
