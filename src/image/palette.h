// image/palette.h - the colours of our charts.
#pragma once

#include <algorithm>
#include <cmath>

#include "image/draw.h"

namespace harmonic::image {

inline constexpr Colour kInk{30, 34, 42};
inline constexpr Colour kBlue{12, 60, 120};
inline constexpr Colour kOrange{214, 112, 20};
inline constexpr Colour kPale{226, 230, 236};
inline constexpr Colour kSky{150, 184, 222};

/// From white to a deep blue; the eye reads it as one scale, also without colour vision.
/// `share` in [0, 1].
[[nodiscard]] inline Colour shade(double share) {
  const auto mix = [root = std::sqrt(std::clamp(share, 0.0, 1.0))](double white, double deep) {
    return static_cast<std::uint8_t>(std::lround(white + (deep - white) * root));
  };
  return {mix(255, kBlue.red), mix(255, kBlue.green), mix(255, kBlue.blue)};
}

}  // namespace harmonic::image
