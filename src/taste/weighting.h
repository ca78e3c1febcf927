// taste/weighting.h - how much a play count says.
#pragma once

#include <span>
#include <vector>

#include "taste/plays.h"

namespace harmonic::taste {

/// A cell becomes (count / mean count of its listener)^power * (songs of its listener)^-levelling.
/// The default takes every song that was played for 1. A small power lets a favourite count for
/// more than a song heard once, whatever the listener's habits; levelling lets those who play
/// everything say less of each song.
struct Weighting {
  float power = 0.0F;
  float levelling = 0.0F;
};

/// Of the cells of one listener's row.
[[nodiscard]] std::vector<float> weights_of(std::span<const Play> row, const Weighting& weighting);

/// Of a whole matrix.
[[nodiscard]] Plays weighed(const Plays& plays, const Weighting& weighting);

}  // namespace harmonic::taste
