// recommend/mood_grid.h - how the music of a library sounds, by its place in the plane.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/valence_arousal.h"

namespace harmonic::recommend {

/// Sums over the songs of each cell of the plane, so that asking for the sound of a mood costs the
/// same in a library of any size. Immutable once filled.
class MoodGrid {
 public:
  MoodGrid() = default;
  explicit MoodGrid(std::size_t dimensions);

  void add(ValenceArousal mood, std::span<const float> sound);  ///< f32 [dimensions]

  /// The mean sound of the songs around `target`, each weighed by a Gaussian of the distance of its
  /// cell's middle song, and made length 1. The deviation is the distance of the kKernelSongs-th
  /// nearest song, within [kNarrowestKernel, kWidestKernel]; beyond three deviations is another
  /// mood, and where no song is nearer the answer is zeros.
  [[nodiscard]] std::vector<float> sound_at(ValenceArousal target) const;

  static constexpr float kNarrowestKernel = 0.25F;
  static constexpr float kWidestKernel = 0.5F;
  static constexpr std::size_t kKernelSongs = 5;

 private:
  /// Cells along each axis: a cell is 1/16 wide, a quarter of the narrowest kernel.
  static constexpr std::size_t kSide = 32;

  struct Cell {
    std::size_t songs = 0;
    double valence = 0, arousal = 0;  ///< sums
  };
  struct Near {
    std::size_t cell;
    float distance;
  };
  [[nodiscard]] std::vector<Near> by_distance(ValenceArousal target) const;

  std::size_t dimensions_ = 0;
  std::vector<Cell> cells_;
  std::vector<float> sums_;  ///< [cells, dimensions]
};

}  // namespace harmonic::recommend
