// bandittrial/stream.h - listeners whose plays end as their answers say: what the policies are
// shown, and what comes of their choices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "bandit/wishes.h"
#include "bandittrial/listeners.h"

namespace harmonic::bandittrial {

/// What decides how a play ends.
enum class Protocol : std::uint8_t {
  /// All real: the mood is that of the answer, and what was liked is finished, what was disliked is
  /// skipped at once; of the others half.
  kLiking,
  /// Real: what the listener felt and liked. Simulated: the mood, and in each quarter of the plane
  /// whether he wants to feel more of the same or the opposite.
  kWish,
};

/// One choice: a mood and songs, each with its probability of being heard to the end.
struct Step {
  struct Offer {
    std::size_t song = 0;
    double finished = 0.5;
    double liked = 0.0;  ///< probability that a finished one is liked
  };
  ValenceArousal mood;
  std::vector<Offer> offers;   ///< of these one is heard, and learned from
  std::vector<Offer> unheard;  ///< songs that are never heard: what would be chosen is judged alone
  float chance = 0.0F;         ///< uniform, [0, 1): decides how the play ends, whatever is chosen
  float when = 0.0F;           ///< and where a skip comes

  [[nodiscard]] bandit::Hearing hearing(const Offer& offer, const bandit::Traits& song) const;
};

/// The same for every policy. A listener's songs are halved: `offers` are of one half, `unheard` of
/// the other, so that a song known again cannot pass for a taste understood.
using Stream = std::vector<Step>;

struct StreamPlan {
  Protocol protocol = Protocol::kWish;
  std::size_t length = 100;
  std::size_t offers = 8;
  std::optional<std::size_t> flip;  ///< from this step on the wish is the opposite; kWish only
};

/// A listener may be asked when it answered this many different songs.
inline constexpr std::size_t kFewestSongs = 30;

/// Those who can be asked, in their order.
[[nodiscard]] std::vector<Listener> usable(const std::vector<Listener>& listeners);

/// The same listener, plan and seed give the same stream.
[[nodiscard]] Stream make_stream(const Listener& listener, const StreamPlan& plan,
                                 std::uint64_t seed);

}  // namespace harmonic::bandittrial
