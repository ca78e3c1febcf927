// identity/descriptor.h - a portrait as numbers that change little with light.
#pragma once

#include <cstddef>
#include <vector>

#include "image/picture.h"

namespace harmonic::identity {

/// Numbers of one block's histogram: 58 patterns with at most two changes around the circle, and
/// all others together.
inline constexpr std::size_t kPatternBins = 59;

/// Histograms of uniform local binary patterns (8 neighbours at `radius`), one a block, row by row:
/// f32 [rows * columns * 59], each block's sum is 1. A picture of 1 channel with sides over
/// 2 * radius.
/// Source  Ahonen, Hadid, Pietikainen, "Face description with local binary patterns", PAMI 2006.
[[nodiscard]] std::vector<float> pattern_histograms(const image::Picture& grey, int radius,
                                                    int columns, int rows);

inline constexpr int kDescriptorColumns = 6, kDescriptorRows = 8;
inline constexpr std::size_t kDescriptorLength =
    2 * std::size_t{kDescriptorColumns} * std::size_t{kDescriptorRows} * kPatternBins;

/// What the embedding reads: the roots of the pattern histograms at radius 1 and 3, each the mean
/// of the portrait's and its mirror image's, so that a lamp's side matters less.
/// f32 [kDescriptorLength] of a portrait (portrait.h).
/// Source of the roots  Arandjelovic, Zisserman, "Three things everyone should know to improve
/// object retrieval", CVPR 2012: the Euclidean distance becomes Hellinger's.
[[nodiscard]] std::vector<float> describe(const image::Picture& portrait);

}  // namespace harmonic::identity
