// recommend/reasons.h - why a song was chosen, in words.
#pragma once

#include <cstddef>
#include <vector>

#include "recommend/rank.h"
#include "recommend/score.h"

namespace harmonic::recommend {

/// Songs of the library that the listener likes or has heard to the end twice, dearest first, at
/// most kDearSongs: what others may sound like.
inline constexpr std::size_t kDearSongs = 50;
struct DearSong {
  std::size_t index = 0;
  const catalog::SongHistory* history = nullptr;
};
[[nodiscard]] std::vector<DearSong> dear_songs(const Snapshot& snapshot, const Habits& habits);

/// All that is known of one pick.
struct Grounds {
  const Snapshot& snapshot;
  std::size_t index = 0;
  const Direction& direction;
  ValenceArousal target;
  Habit habit{};
  const Options& options;
  float wish = kNotKnown;     ///< Signals::wish
  float taste = kNotKnown;    ///< Signals::taste
  float company = kNotKnown;  ///< Signals::company
  /// How much better the song is that waits because its artist was just heard; or 0.
  float gap = 0.0F;
};

/// Cosines of sound below these are not worth a word.
inline constexpr float kSoundsAlike = 0.6F;
inline constexpr float kSoundsTypical = 0.3F;

/// A gap in the score that is worth a word: what moving by .23 from the target costs.
inline constexpr float kGapWorthAWord = 0.01F;

/// The weightiest first; never empty.
[[nodiscard]] std::vector<Reason> reasons_for(const Grounds& grounds,
                                              std::span<const DearSong> dear);

}  // namespace harmonic::recommend
