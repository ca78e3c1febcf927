// journey/ways.h - exact search for a way from place to place; knows points and costs, no songs.
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "base/valence_arousal.h"

namespace harmonic::journey {

inline constexpr float kNowhere = std::numeric_limits<float>::infinity();

/// The candidates, by number, and which steps between them lead on.
class Ground {
 public:
  /// `leg_ends`: where each leg leads to.
  Ground(std::vector<ValenceArousal> moods, std::span<const ValenceArousal> leg_ends);

  [[nodiscard]] std::size_t size() const { return moods_.size(); }
  [[nodiscard]] std::size_t legs() const { return left_.size(); }
  [[nodiscard]] ValenceArousal mood(std::size_t place) const { return moods_[place]; }
  /// A step leads on where it goes nearer to the end of its leg; or stays, from one of several
  /// candidates at one point to another. Without circles within a leg.
  [[nodiscard]] bool leads_on(std::size_t leg, std::size_t from, std::size_t to) const {
    const float before = left_[leg][from];
    const float after = left_[leg][to];
    return after < before || (after == before && from < to && moods_[from] == moods_[to]);
  }

 private:
  std::vector<ValenceArousal> moods_;
  std::vector<std::vector<float>> left_;  ///< [legs, size()] distance to the end of the leg
};

/// One place of the way to be filled.
struct Layer {
  std::size_t leg = 0;       ///< of the step that leads here
  std::vector<float> costs;  ///< of each candidate here; kNowhere: not here
};

/// Over all ways through the layers the least that the longest step can be.
/// Returns  nothing where there is no way.  O(layers * size^2)
[[nodiscard]] std::optional<float> least_longest_step(const Ground& ground,
                                                      std::span<const Layer> layers);

/// The steps that lead on and are at most `bound` long, each with what it costs.
class Steps {
 public:
  using Cost = std::function<float(std::size_t from, std::size_t to)>;
  Steps(const Ground& ground, float bound, const Cost& cost);

  /// The way through the layers that costs least, one candidate a layer; equal ones by number.
  /// Exact (Viterbi 1967). A candidate may come again on another leg.
  /// Returns  nothing where there is no way.  O(layers * steps)
  [[nodiscard]] std::optional<std::vector<std::size_t>> cheapest(
      std::span<const Layer> layers) const;

 private:
  struct Step {
    std::size_t from;
    float cost;
  };
  std::size_t size_;
  std::vector<std::vector<std::vector<Step>>> into_;  ///< [legs, size]
};

}  // namespace harmonic::journey
