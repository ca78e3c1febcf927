// recommend/rank.h - which songs, in which order, and why.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/store.h"
#include "recommend/snapshot.h"
#include "recommend/target.h"

namespace harmonic::recommend {

/// Songs whose scores lie this close together are equals: the listener's habits order them. 0.01 is
/// what a song at the target loses when it moves 0.2 away from it in the plane.
inline constexpr float kEqualBand = 0.01F;

/// What a song loses that was heard just now. It wins it back with the time since (kRecentMemory)
/// or, where only the order is known, with its place in Options::recent.
inline constexpr float kRecentStep = 0.25F;
inline constexpr std::chrono::hours kRecentMemory{3};
inline constexpr std::size_t kRecentSongs = 20;

/// A target at least this far from the middle has a side: songs on the other side of the valence
/// axis (or on it) come only after all songs of its own.
inline constexpr float kSideMatters = 0.15F;

enum class ReasonKind : std::uint8_t {
  kMood,        ///< value: distance to the target in the plane, [0, sqrt 8]
  kSound,       ///< value: cosine to the sound of this mood in this library
  kSoundsLike,  ///< value: cosine to a song that the listener likes or plays
  kPlays,       ///< value: times heard to the end
  kLiked,       ///< value: 1
  kSkips,       ///< value: times skipped
  kRecent,      ///< value: what the score lost
  kNewArtist,   ///< value: by how much the score of the song that had to wait is higher
};

/// One reason in words and numbers, for a person: "close to your mood (distance 0.12)".
struct Reason {
  ReasonKind kind;
  std::string text;
  double value = 0.0;
};

struct Pick {
  SongId song;
  std::size_t index = 0;        ///< in the snapshot
  double score = 0.0;           ///< [0, 1]; 1 is at the target and sounds like it
  std::vector<Reason> reasons;  ///< the weightiest first, never empty
};

struct Options {
  std::size_t count = 10;
  Strategy strategy = Strategy::kMatch;
  std::vector<SongId> exclude{};  ///< never offered: what is playing, what was just refused
  std::vector<SongId> recent{};   ///< newest first; these step back
  /// With it, SongHistory::last_heard makes songs step back too.
  std::optional<std::chrono::system_clock::time_point> now{};
  /// The artist of this song does not come first: the song that is playing.
  std::optional<SongId> after{};
  /// 0: equals with the same habits stand by score, then as the library has them. Any other number
  /// shuffles them, each number in its own way.
  std::uint64_t seed = 0;
};

struct Ranking {
  ValenceArousal target;    ///< aim(mood, strategy)
  std::vector<Pick> picks;  ///< at most options.count; fewer only when no more songs were heard
};

/// Songs for a mood. Order:
///   1. the target's side of the valence axis (kSideMatters), then the other;
///   2. score = (1 + cosine) / 2, less what recently heard songs lose;
///   3. among equals (kEqualBand below the first of them): plays + 2 if liked - skips, then `seed`.
/// No artist follows himself while the songs of that side permit it; moods go before artists.
/// A song that was not heard yet has no place in the order and is left out.
/// A skip never raises a song. Never fails: an empty library gives no picks.
[[nodiscard]] Ranking rank(const Snapshot& snapshot, ValenceArousal mood,
                           std::span<const catalog::SongHistory> history, const Options& options);

}  // namespace harmonic::recommend
