#include "motion/regions.h"

#include <algorithm>
#include <cmath>

namespace harmonic::motion {

double depth_at(image::Point place) {
  const double x = (place.x - 64.0) / 62.0;
  const double y = (place.y - 66.0) / 82.0;
  const double head = 50.0 * std::sqrt(std::max(0.05, 1.0 - x * x - y * y));
  const double nose_x = (place.x - 64.0) / 9.0;
  const double nose_y = (place.y - 70.0) / 12.0;
  return head + 9.0 * std::exp(-0.5 * (nose_x * nose_x + nose_y * nose_y));
}

}  // namespace harmonic::motion
