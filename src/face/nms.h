// face/nms.h - many overlapping finds of one face into one.
#pragma once

#include <vector>

#include "face/detector.h"

namespace harmonic::face {

/// Intersection over union, 0 .. 1.
[[nodiscard]] float overlap(const image::Box& a, const image::Box& b);

/// Replaces every group that overlaps its most confident member by more than `least` with the mean
/// of its boxes and points, weighted by confidence; the member's confidence stays. Steadier over
/// time than picking one. Source  Bazarevsky et al., "BlazeFace: Sub-millisecond Neural Face
/// Detection on Mobile GPUs",
///         CVPR workshop 2019, arXiv:1907.05047, section 3.4 (their blending instead of
///         suppression).
[[nodiscard]] std::vector<Detection> blend(std::vector<Detection> finds, float least);

/// Largest box first.
void sort_by_size(std::vector<Detection>& finds);

}  // namespace harmonic::face
