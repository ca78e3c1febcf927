// face/associate.h - which of the faces found now is which of those known before.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "face/detector.h"

namespace harmonic::face {

/// Where a known face is expected.
struct Expected {
  image::Box box;
  bool visible = true;  ///< it was seen a moment ago; between equals it goes before one that hides
};

/// For each of `found` the index of the known face that it is, each at most once, or nothing: a new
/// one. Pairs are taken best first by overlap (nms.h) less the distance of the middles in sides; a
/// pair needs middles nearer than half a side and areas within a factor of three.
[[nodiscard]] std::vector<std::optional<std::size_t>> associate(std::span<const Expected> known,
                                                                std::span<const Detection> found);

}  // namespace harmonic::face
