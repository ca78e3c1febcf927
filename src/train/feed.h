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
#include "train/augment.h"
#include "train/learner.h"

namespace harmonic::train {

/// All rows that teach something, each once, in an order drawn from `seed` and `epoch`.
[[nodiscard]] std::vector<std::uint32_t> shuffled_rows(const evaluate::LabelledFaces& faces,
                                                       std::uint64_t seed, std::uint64_t epoch);

/// What teaches besides the labels; no lessons, no teacher. One lesson for each row of the faces.
struct Teaching {
  std::vector<Lesson> lessons;
  float taught = 0.5F;  ///< share of the lesson in the target
};

/// The batches of one epoch in their order, whatever the workers' order. `faces` and `teaching`
/// outlive it.
class Feed {
 public:
  struct Order {
    std::size_t batch_size = 64;
    std::uint64_t seed = 1;
    std::uint64_t epoch = 1;
    Distortions distortions{};
  };

  Feed(const evaluate::LabelledFaces& faces, const Teaching& teaching, const Order& order,
       int workers);
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  /// Waits for the next batch; nothing after the last one.
  [[nodiscard]] std::optional<Batch> next();
  [[nodiscard]] std::size_t batch_count() const { return count_; }

 private:
  void work(const std::stop_token& stop);
  [[nodiscard]] Batch make(std::size_t index) const;
  [[nodiscard]] Target target(std::uint32_t row) const;

  const evaluate::LabelledFaces& faces_;
  const Teaching& teaching_;
  Order order_;
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
