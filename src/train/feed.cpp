#include "train/feed.h"

#include <algorithm>
#include <utility>

#include "train/augment.h"

namespace harmonic::train {
namespace {

/// Batches that wait at most: enough to hide a slow one, little enough to stay in the cache.
constexpr std::size_t kAhead = 4;

}  // namespace

std::vector<std::uint32_t> shuffled_rows(const evaluate::LabelledFaces& faces, std::uint64_t seed,
                                         std::uint64_t epoch) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < faces.size(); ++row) {
    const auto target = target_of(faces.labels[row], faces.votes[row]);
    if (target.fer2013_weight > 0 || target.ferplus_weight > 0) rows.push_back(row);
  }
  Dice dice{seed, epoch};
  for (std::size_t left = rows.size(); left > 1; --left) {
    std::swap(rows[left - 1], rows[dice.below(left)]);
  }
  return rows;
}

Feed::Feed(const evaluate::LabelledFaces& faces, std::size_t batch_size, std::uint64_t seed,
           std::uint64_t epoch, int workers)
    : faces_{faces},
      batch_size_{batch_size},
      seed_{seed},
      epoch_{epoch},
      rows_{shuffled_rows(faces, seed, epoch)},
      // A last batch of one or two faces would give batch norm nothing to measure.
      count_{std::max<std::size_t>(rows_.size() / batch_size, rows_.empty() ? 0 : 1)} {
  for (int i = 0; i < std::max(workers, 1); ++i) {
    workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
}

std::optional<Batch> Feed::next() {
  std::unique_lock lock{mutex_};
  if (taken_ == count_) return std::nullopt;
  changed_.wait(lock, [this] { return ready_.contains(taken_); });
  auto batch = std::move(ready_.extract(taken_).mapped());
  ++taken_;
  changed_.notify_all();
  return batch;
}

void Feed::work(const std::stop_token& stop) {
  while (true) {
    std::size_t mine = 0;
    {
      std::unique_lock lock{mutex_};
      const auto may_start = [this] { return claimed_ == count_ || claimed_ < taken_ + kAhead; };
      if (!changed_.wait(lock, stop, may_start) || claimed_ == count_) return;
      mine = claimed_++;
    }
    auto batch = make(mine);
    const std::lock_guard lock{mutex_};
    ready_.emplace(mine, std::move(batch));
    changed_.notify_all();
  }
}

Batch Feed::make(std::size_t index) const {
  const auto begin = index * batch_size_;
  const auto end = std::min(begin + batch_size_, rows_.size());
  Batch batch;
  batch.images.resize((end - begin) * evaluate::kFacePixels);
  for (auto i = begin; i < end; ++i) {
    const auto row = rows_[i];
    Dice dice{seed_, epoch_, row + 1ULL};
    distort(faces_.image(row), dice,
            std::span{batch.images}.subspan((i - begin) * evaluate::kFacePixels,
                                            evaluate::kFacePixels));
    batch.targets.push_back(target_of(faces_.labels[row], faces_.votes[row]));
  }
  return batch;
}

}  // namespace harmonic::train
