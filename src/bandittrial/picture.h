// bandittrial/picture.h - rewards song by song.
#pragma once

#include <string>
#include <vector>

#include "bandittrial/trial.h"
#include "image/picture.h"

namespace harmonic::bandittrial {

/// Curves, and what they are called.
struct Course {
  std::string title;
  Comparison comparison;
};

/// A panel each, one below the other: mean reward over the songs heard, for the bandit and nearness
/// with the band of 95 %, for random and the oracle as lines.
[[nodiscard]] image::Picture draw_courses(const std::vector<Course>& courses);

}  // namespace harmonic::bandittrial
