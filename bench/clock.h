// clock.h - time that this thread computed; what other programs took of the core does not count.
#pragma once

#include <algorithm>
#include <ctime>
#include <vector>

namespace harmonic::bench {

[[nodiscard]] inline double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Seconds of each of `times` calls, shortest first.
template <typename Work>
std::vector<double> seconds_of(int times, Work work) {
  std::vector<double> seconds;
  for (int i = 0; i < times; ++i) {
    const double before = thread_seconds();
    work();
    seconds.push_back(thread_seconds() - before);
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds;
}

}  // namespace harmonic::bench
