// recommend/habits.h - what one listener did with songs of a snapshot.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "catalog/store.h"
#include "recommend/snapshot.h"

namespace harmonic::recommend {

struct Options;

/// Plays + 2 if liked - skips. 0 without a history.
[[nodiscard]] inline int affinity(const catalog::SongHistory* history) {
  return history == nullptr ? 0 : history->plays + (history->liked ? 2 : 0) - history->skips;
}

/// What a song is to one listener now.
struct Habit {
  const catalog::SongHistory* history = nullptr;  ///< null: never heard, never liked
  float lost = 0.0F;                              ///< as recently heard
};

struct HabitOf {
  std::size_t index = 0;  ///< in the snapshot
  Habit habit{};
};

/// Of the songs that have one; points into the history that it was made of.
class Habits {
 public:
  /// Takes Options::now and Options::recent into account. Songs that the snapshot lacks are left
  /// out.
  Habits(const Snapshot& snapshot, std::span<const catalog::SongHistory> history,
         const Options& options);

  /// Empty where the song has none.
  [[nodiscard]] Habit of(std::size_t index) const;
  [[nodiscard]] std::span<const HabitOf> all() const { return all_; }  ///< by index, each once

 private:
  std::vector<HabitOf> all_;
};

}  // namespace harmonic::recommend
