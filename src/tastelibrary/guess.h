// tastelibrary/guess.h - a song's place in a taste model from its sound.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "recommend/snapshot.h"

namespace harmonic::tastelibrary {

/// With fewer known songs nothing is learned.
inline constexpr std::size_t kFewestKnown = 20;

/// Row-major [songs, dimensions].
struct Places {
  std::size_t dimensions = 0;
  std::vector<float> rows;
  std::vector<bool> placed;
};

/// Fills the rows of songs that have a sound and no place, by ridge regression from the sounds of
/// those that have both. The ridge is the one of a few with the least error on songs left out one
/// by one; when even that is no better than the mean place, nothing is filled.
/// Returns  how many were filled.
/// Source  for leaving out one at a time in closed form: Allen, "The relationship between variable
///         selection and data augmentation and a method for prediction", Technometrics 1974
[[nodiscard]] std::size_t guess_places(const recommend::Snapshot& songs, Places& places);

}  // namespace harmonic::tastelibrary
