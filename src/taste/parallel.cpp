#include "taste/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace harmonic::taste {

void for_blocks(std::size_t count, std::size_t block, std::size_t jobs,
                const std::function<void(std::size_t first, std::size_t last)>& work) {
  const auto blocks = (count + block - 1) / block;
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (auto at = next++; at < blocks; at = next++)
      work(at * block, std::min(count, (at + 1) * block));
  };
  std::vector<std::jthread> workers;
  for (std::size_t t = 1; t < std::min(jobs, blocks); ++t) workers.emplace_back(run);
  run();
}

}  // namespace harmonic::taste
