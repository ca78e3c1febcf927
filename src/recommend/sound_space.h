// recommend/sound_space.h - how songs sound, as unit vectors in few dimensions.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::recommend {

/// Vectors of all songs of a library in one space.
struct SoundSpace {
  std::size_t dimensions = 0;  ///< at most kSoundDimensions
  std::vector<float> rows;     ///< f32 [songs, dimensions] row-major, each of length 1 or all zeros
};

/// A song's few hundred features move together; their principal components say nearly the same in
/// fewer numbers, the first of them the most.
inline constexpr std::size_t kSoundDimensions = 64;

/// The songs from which the components are learned, spread evenly over the library.
inline constexpr std::size_t kComponentSongs = 4096;

/// Standardises (standardiser.h) and projects on the principal components of the standardised
/// directions; each component points to where its largest coefficient is positive. With no more
/// features than kSoundDimensions this is a rotation and keeps every cosine. An empty span is a
/// song without features, and its row is zeros; so is one that lies in the library's middle.
[[nodiscard]] SoundSpace sound_space(std::span<const std::span<const float>> features,
                                     float farthest);

}  // namespace harmonic::recommend
