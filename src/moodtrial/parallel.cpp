#include "moodtrial/parallel.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace harmonic::moodtrial {

Result<void> in_parallel(std::size_t count, std::size_t jobs,
                         const std::function<Work()>& make_worker) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  Result<void> outcome;
  const auto run = [&] {
    if (next >= count) return;
    const auto work = make_worker();
    for (auto at = next++; at < count; at = next++) {
      const auto done = work(at);
      if (done) continue;
      const std::lock_guard lock{mutex};
      if (outcome) outcome = done;
      next = count;
    }
  };
  {
    std::vector<std::jthread> workers;
    for (std::size_t i = 1; i < std::min(jobs, count); ++i) workers.emplace_back(run);
    run();
  }
  return outcome;
}

}  // namespace harmonic::moodtrial
