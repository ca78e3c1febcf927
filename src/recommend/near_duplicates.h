// recommend/near_duplicates.h - keeps one recording from coming twice in a list.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "recommend/snapshot.h"

namespace harmonic::recommend {

/// One recording, as far as can be known: copies of one file; or the same artist and title (as
/// songlist::match_key compares) with lengths that differ by at most kSameLength; or sounds
/// that differ by no more than another encoding does, and the same length to a second.
[[nodiscard]] bool near_duplicates(const Snapshot& snapshot, std::size_t one, std::size_t other);

inline constexpr std::chrono::milliseconds kSameLength{3000};
inline constexpr std::chrono::milliseconds kSameRecording{1000};
inline constexpr float kSameSound = 0.998F;

/// The songs that were taken so far.
class Taken {
 public:
  explicit Taken(const Snapshot& snapshot) : snapshot_{snapshot} {}

  [[nodiscard]] bool has_like(std::size_t index) const;
  void take(std::size_t index);

 private:
  const Snapshot& snapshot_;
  /// By length in units of kSameLength: a near duplicate is in the same unit or next to it, or is a
  /// copy of the file and then has the same length.
  std::unordered_map<std::int64_t, std::vector<std::size_t>> by_length_;
};

}  // namespace harmonic::recommend
