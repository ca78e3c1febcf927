// recommend/rank.h - which songs, in which order, and why.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/store.h"
#include "recommend/parts.h"
#include "recommend/snapshot.h"
#include "recommend/target.h"
#include "recommend/targets.h"

namespace harmonic::recommend {

/// What a song loses that was heard just now. It wins it back with the time since (kRecentMemory)
/// or, where only the order is known, with its place in Options::recent.
inline constexpr float kRecentStep = 0.25F;
inline constexpr std::chrono::hours kRecentMemory{3};
inline constexpr std::size_t kRecentSongs = 20;

/// A target at least this far from the middle has a side: songs on the other side of the valence
/// axis (or on it) come only after all songs of its own.
inline constexpr float kSideMatters = 0.15F;

/// With Strategy::kFocus songs whose arousal is farther than this from the target's come only after
/// all that are nearer: the list stays even.
inline constexpr float kEvenArousal = 0.25F;

/// Songs this near to the target are of its mood, where songs are ordered by plays. Half of the way
/// from the middle to a strong mood; a song's own mood is known no better.
inline constexpr float kSameMood = 0.5F;

enum class ReasonKind : std::uint8_t {
  kMood,        ///< value: distance to the target in the plane, [0, sqrt 8]
  kSound,       ///< value: cosine to the sound of this mood in this library
  kSoundsLike,  ///< value: cosine to a song that the listener likes or plays
  kPlays,       ///< value: times heard to the end
  kLiked,       ///< value: 1
  kSkips,       ///< value: times skipped
  kRecent,      ///< value: what the score lost
  kNewArtist,   ///< value: by how much the score of the song that had to wait is higher
  kNovelty,     ///< value: 0
  kTaste,       ///< value: Signals::taste
  kCompany,     ///< value: Signals::company
  kWish,        ///< value: Signals::wish
};

/// One reason in words and numbers, for a person: "close to your mood (distance 0.12)".
struct Reason {
  ReasonKind kind;
  std::string text;
  double value = 0.0;
};

struct Pick {
  SongId song;
  std::size_t index = 0;  ///< in the snapshot
  double score = 0.0;     ///< at most 1; exactly the sum of `shares` in their order, less `lost`
  PartValues shares{};    ///< what each part gives to the score
  float lost = 0.0F;      ///< because the song was heard lately
  std::vector<Reason> reasons;  ///< the weightiest first, never empty
};

/// What others worked out about every song, [0, 1] by index in the snapshot. An empty span knows
/// nothing; so does a value of kNotKnown, or one that is no number.
struct Signals {
  std::span<const float> wish{};
  std::span<const float> taste{};
  /// Of `taste`, what listeners of this server who are alike tell; only a reason is made of it.
  std::span<const float> company{};
};
inline constexpr float kNotKnown = 0.5F;
/// A taste of at least this is worth a word.
inline constexpr float kToTaste = 0.8F;
/// So is a company of at least this.
inline constexpr float kInCompany = 0.7F;
/// So is a wish of at least this.
inline constexpr float kWished = 0.65F;

enum class Order : std::uint8_t {
  kFit,    ///< by score
  kPlays,  ///< songs of the mood (kSameMood) by how often they were heard to the end, then by score
};

inline constexpr std::array<std::string_view, 2> kOrderNames{"fit", "plays"};

struct Options {
  std::size_t count = 10;
  Strategy strategy = Strategy::kMatch;
  std::shared_ptr<const Targets> targets{};  ///< null: Targets()
  Weights weights{};
  Order order = Order::kFit;
  std::vector<SongId> exclude{};  ///< never offered: what is playing, what was just refused
  std::vector<std::string> banned_artists{};  ///< never offered; letter case does not matter
  std::vector<SongId> recent{};               ///< newest first; these step back
  /// With it, SongHistory::last_heard makes songs step back too.
  std::optional<std::chrono::system_clock::time_point> now{};
  /// The artist of this song does not come first: the song that is playing.
  std::optional<SongId> after{};
  /// How many songs of an artist, and of an album, one list may hold; 0: any number.
  std::size_t at_most_per_artist = 0;
  std::size_t at_most_per_album = 0;
  /// What share of the list the listener knows, [0, 1]: heard to the end or liked. Rounded to whole
  /// songs; the list is shorter where there are not as many of either. Absent: whatever fits.
  std::optional<double> familiar{};
  /// 0: equal scores stand as the library has them, and Part::kChance counts for nothing. Any other
  /// number draws the chance of each song, each number in its own way.
  std::uint64_t seed = 0;
};

struct Ranking {
  ValenceArousal target;    ///< aim(mood, strategy)
  std::vector<Pick> picks;  ///< at most options.count; fewer only when no more songs may be offered
};

/// Songs for a mood. Order:
///   1. the target's side of the valence axis (kSideMatters), for kFocus also within kEvenArousal,
///      then the others;
///   2. where Order::kPlays asks for it: plays, among songs of the mood;
///   3. score = sum of the parts by their weights, less what recently heard songs lose;
///   4. as the library has them.
/// No artist follows himself while the songs of that side permit it; moods go before artists. Of
/// near duplicates (near_duplicates.h) only the first is in a list.
/// A song that was not heard yet has no place in the order and is left out.
/// A skip never raises a song. Never fails: an empty library gives no picks. The same arguments
/// give the same list. A span of `signals` is empty
/// or as long as the snapshot.
[[nodiscard]] Ranking rank(const Snapshot& snapshot, ValenceArousal mood,
                           std::span<const catalog::SongHistory> history, const Options& options,
                           const Signals& signals = {});

}  // namespace harmonic::recommend
