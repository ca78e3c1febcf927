// drawing/scatter.h - what was said against what is true, a dot each.
#pragma once

#include <span>
#include <string_view>

#include "image/picture.h"

namespace harmonic::drawing {

/// Two rows of the same length, each value shown within [-1, 1].
struct Pairs {
  std::string_view title;        ///< of one panel: "valence, R squared 0.51"
  std::span<const float> truth;  ///< across
  std::span<const float> said;   ///< up
};

/// R, G, B, 1040 x 620: a panel each, with the diagonal on which a dot that is right lies.
[[nodiscard]] image::Picture draw_scatter(std::string_view title, const Pairs& left,
                                          const Pairs& right);

}  // namespace harmonic::drawing
