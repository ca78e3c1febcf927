// train/feed.h - batches of distorted faces, made by worker threads while the network learns.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "evaluate/fer2013.h"
#include "train/learner.h"

namespace harmonic::train {

/// All rows that teach something, each once, in an order drawn from `seed` and `epoch`.
[[nodiscard]] std::vector<std::uint32_t> shuffled_rows(const evaluate::LabelledFaces& faces,
                                                       std::uint64_t seed, std::uint64_t epoch);

/// The batches of one epoch in their order, whatever the workers' order. `faces` outlives it.
class Feed {
 public:
  Feed(const evaluate::LabelledFaces& faces, std::size_t batch_size, std::uint64_t seed,
       std::uint64_t epoch, int workers);
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  /// Waits for the next batch; nothing after the last one.
  [[nodiscard]] std::optional<Batch> next();
  [[nodiscard]] std::size_t batch_count() const { return count_; }

 private:
  void work(const std::stop_token& stop);
  [[nodiscard]] Batch make(std::size_t index) const;

  const evaluate::LabelledFaces& faces_;
  std::size_t batch_size_;
  std::uint64_t seed_;
  std::uint64_t epoch_;
  std::vector<std::uint32_t> rows_;
  std::size_t count_;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::size_t, Batch> ready_;
  std::size_t claimed_ = 0;
  std::size_t taken_ = 0;
  // Last, so that it is joined before what it uses goes.
  std::vector<std::jthread> workers_;
};

}  // namespace harmonic::train
