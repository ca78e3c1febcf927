#include "base/local_time.h"

#include <ctime>

namespace harmonic {

std::chrono::seconds utc_offset(std::chrono::system_clock::time_point at) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
  std::tm wall{};
  if (::localtime_r(&seconds, &wall) == nullptr) return std::chrono::seconds{0};
  return std::chrono::seconds{wall.tm_gmtoff};
}

}  // namespace harmonic
