// taste/recommender.h - what every method of collaborative filtering does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "taste/plays.h"

namespace harmonic::taste {

/// Listeners of a matrix, one after the other.
struct Rows {
  std::size_t first = 0;
  std::size_t count = 0;
};

class Recommender {
 public:
  virtual ~Recommender() = default;

  /// For each listener of `rows`, a score of every song by what `histories` says of the listener:
  /// higher is liked more, songs of the history have a score too. `scores` is [rows.count x songs].
  /// A history need not be one that was learned from, but its songs are the same.
  /// Threads  any.
  virtual void score(const Plays& histories, Rows rows, std::span<float> scores) const = 0;
};

using RecommenderPtr = std::unique_ptr<const Recommender>;

/// The floor that everyone sees: a song's score is its number of listeners.
[[nodiscard]] RecommenderPtr learn_popularity(const Plays& plays);

/// The floor below: chance, the same for a listener's number and `seed`.
[[nodiscard]] RecommenderPtr make_random(std::uint64_t seed);

}  // namespace harmonic::taste
