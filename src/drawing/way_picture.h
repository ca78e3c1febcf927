// drawing/way_picture.h - a way through the valence/arousal plane and the songs along it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/valence_arousal.h"
#include "image/picture.h"

namespace harmonic::drawing {

struct WayStop {
  ValenceArousal mood;
  std::string title;
};

/// The plane's panel in pixels, for those who look for it.
inline constexpr image::Box kPlaneArea{70, 80, 480, 480};

/// R, G, B, 1040 x 620: the plane with the library's songs as pale dots, the curve, the stops with
/// their numbers and lines between them; beside it the stops' titles, cut off where they are long.
[[nodiscard]] image::Picture draw_way(std::string_view title,
                                      std::span<const ValenceArousal> library,
                                      std::span<const ValenceArousal> curve,
                                      std::span<const WayStop> stops);

}  // namespace harmonic::drawing
