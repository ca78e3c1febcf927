#include "train/feed.h"

#include <algorithm>
#include <span>
#include <utility>

namespace harmonic::train {
namespace {

/// Batches that wait at most: enough to hide a slow one, little enough to stay in the cache.
constexpr std::size_t kAhead = 4;

std::span<float> pixels_of(Batch& batch, std::size_t i) {
  return std::span{batch.images}.subspan(i * evaluate::kFacePixels, evaluate::kFacePixels);
}

/// Blends a share of the faces with their neighbours; the last has none.
void blend(Batch& batch, float share, Dice& dice) {
  for (std::size_t i = 0; i + 1 < batch.size(); ++i) {
    if (!dice.chance(share)) continue;
    const float of_next = dice.between(0, 0.5F);
    const auto next = pixels_of(batch, i + 1);
    std::ranges::transform(pixels_of(batch, i), next, pixels_of(batch, i).begin(),
                           [of_next](float a, float b) { return a + of_next * (b - a); });
    batch.targets[i] = mixed(batch.targets[i], batch.targets[i + 1], of_next);
  }
}

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

Feed::Feed(const evaluate::LabelledFaces& faces, const Teaching& teaching, const Order& order,
           int workers)
    : faces_{faces},
      teaching_{teaching},
      order_{order},
      rows_{shuffled_rows(faces, order.seed, order.epoch)},
      // A last batch of one or two faces would give batch norm nothing to measure.
      count_{std::max<std::size_t>(rows_.size() / order.batch_size, rows_.empty() ? 0 : 1)} {
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

Target Feed::target(std::uint32_t row) const {
  const auto plain = target_of(faces_.labels[row], faces_.votes[row]);
  if (teaching_.lessons.empty()) return plain;
  return taught_target(plain, teaching_.lessons[row], teaching_.taught);
}

Batch Feed::make(std::size_t index) const {
  const auto begin = index * order_.batch_size;
  const auto end = std::min(begin + order_.batch_size, rows_.size());
  Batch batch;
  batch.images.resize((end - begin) * evaluate::kFacePixels);
  for (auto i = begin; i < end; ++i) {
    const auto row = rows_[i];
    Dice dice{order_.seed, order_.epoch, row + 1ULL};
    distort(faces_.image(row), dice, order_.distortions, pixels_of(batch, i - begin));
    batch.targets.push_back(target(row));
  }
  Dice dice{order_.seed, order_.epoch, ~std::uint64_t{index}};
  blend(batch, order_.distortions.mixed, dice);
  return batch;
}

}  // namespace harmonic::train
