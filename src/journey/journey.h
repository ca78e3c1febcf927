// Module journey: songs that lead from one mood to another, step by step. Pure, as recommend is:
// the same arguments give the same journey.
//
//   curve.h (the way) -> candidates.h (songs near it) -> costs.h, ways.h (the best of all ways)
//   -> words.h (why)
//
// Uses     base, affect, catalog, recommend.  Used by server and the commands.
// Threads  every function is one of its arguments.
// Read     this, then docs/journey.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/valence_arousal.h"
#include "catalog/store.h"
#include "recommend/rank.h"
#include "recommend/snapshot.h"

namespace harmonic::journey {

inline constexpr std::size_t kMostSongs = 60;
inline constexpr std::size_t kMostVias = 6;
inline constexpr std::chrono::minutes kLongest{240};

/// A step may be this many times as long as steps of one length would be.
inline constexpr float kStepRoom = 1.5F;
/// A step this short is always permitted: what a reason calls "close to".
inline constexpr float kShortStep = 0.25F;
/// The first song is at most this much farther from the start than the nearest song is, and the
/// last one from the target.
inline constexpr float kMeeting = 0.25F;

struct Options {
  ValenceArousal from;
  ValenceArousal to;
  std::vector<ValenceArousal> via{};  ///< points that the way passes through, at most kMostVias
  std::string to_name{};              ///< how the target is called; its numbers where empty
  std::size_t songs = 8;              ///< in [1, kMostSongs]
  /// Instead of `songs`: as many as come nearest to this length, in (0, kLongest].
  std::optional<std::chrono::milliseconds> length{};
  std::vector<SongId> exclude{};              ///< never offered
  std::vector<std::string> banned_artists{};  ///< never offered; letter case does not matter
  std::vector<SongId> recent{};               ///< newest first; these step back
  /// With it, SongHistory::last_heard makes songs step back too.
  std::optional<std::chrono::system_clock::time_point> now{};
  std::uint64_t seed = 0;  ///< any number but 0 chooses otherwise among songs that fit equally well
};

struct Stop {
  SongId song;
  std::size_t index = 0;  ///< in the snapshot
  ValenceArousal place;   ///< on the curve, where the song should be
  std::size_t leg = 0;    ///< the part of the way between two via-points to which `place` belongs
  float step = 0.0F;      ///< distance to the song before; 0 for the first
  std::vector<std::string> reasons;  ///< never empty
};

/// What the bound of the steps' length comes from.
enum class BoundBy : std::uint8_t {
  kEvenSteps,   ///< kStepRoom
  kShortSteps,  ///< kShortStep
  kLibrary,     ///< no way through this library has shorter ones
};

struct Journey {
  std::vector<ValenceArousal> curve;  ///< as Curve::line()
  std::vector<Stop> stops;
  float bound = 0.0F;  ///< no step is longer
  BoundBy bound_by = BoundBy::kEvenSteps;
  std::size_t asked = 0;  ///< songs; of a length: how many were aimed at
  std::chrono::milliseconds length{0};
  std::vector<std::string> notes;  ///< what the library could not do, a sentence each
};

/// The journey along the curve from options.from through the via-points to options.to.
///
/// Every step goes nearer to the target (on a bent way: to the end of its leg, the next via-point
/// or the target), or stays at one point with it where several songs share one. No step is longer
/// than `bound`: kStepRoom times the even step, the way's length over the number of steps; at least
/// kShortStep; and where the library has no way with so short steps, the longest step of the way
/// whose longest step is shortest, which is then told. Within that, as many of the songs as can be
/// had, each once, none of them a near duplicate of another; and of all such ways the one that
/// costs least (costs.h). Candidates are the songs nearest to each place (candidates.h).
///
/// Never fails: where there are too few songs the journey is shorter and `notes` says so; of a
/// library where no song may be offered it has no stops.
[[nodiscard]] Journey plan(const recommend::Snapshot& snapshot,
                           std::span<const catalog::SongHistory> history, const Options& options);

}  // namespace harmonic::journey
