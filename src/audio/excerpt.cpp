#include "audio/excerpt.h"

#include <algorithm>

#include "audio/resampler.h"

namespace harmonic::audio {

namespace {

constexpr int kExcerptRate = 44100;

std::size_t samples_in(std::chrono::seconds time, int rate) {
  return static_cast<std::size_t>(time.count()) * static_cast<std::size_t>(rate);
}

}  // namespace

Excerpt::Excerpt(int rate, int channel_count)
    : rate_{rate},
      channel_count_{static_cast<std::size_t>(channel_count)},
      capacity_{samples_in(kExcerptLength, rate)},
      full_at_{samples_in(kExcerptStart + kExcerptLength, rate)} {}

void Excerpt::push(std::span<const float> channels) {
  const auto scale = 1.0F / static_cast<float>(channel_count_);
  for (std::size_t i = 0; i + channel_count_ <= channels.size(); i += channel_count_) {
    if (seen_ == full_at_) return;
    ++seen_;
    float sum = 0.0F;
    for (std::size_t c = 0; c < channel_count_; ++c) sum += channels[i + c];
    if (ring_.size() < capacity_) {
      ring_.push_back(sum * scale);
      continue;
    }
    ring_[next_] = sum * scale;
    next_ = (next_ + 1) % capacity_;
  }
}

Result<std::vector<float>> Excerpt::sound() const {
  std::vector<float> in_order(ring_);
  std::rotate(in_order.begin(), in_order.begin() + static_cast<std::ptrdiff_t>(next_),
              in_order.end());
  if (rate_ == kExcerptRate) return in_order;
  return resample_mono(in_order, rate_, kExcerptRate);
}

}  // namespace harmonic::audio
