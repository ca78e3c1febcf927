#include "audio/excerpt.h"

#include <algorithm>

namespace harmonic::audio {

namespace {

constexpr int kExcerptRate = 44100;

constexpr std::size_t samples_in(std::chrono::seconds time) {
  return static_cast<std::size_t>(time.count()) * kExcerptRate;
}

constexpr std::size_t kCapacity = samples_in(kExcerptLength);
constexpr std::size_t kFullAt = samples_in(kExcerptStart) + kCapacity;

}  // namespace

Result<Excerpt> Excerpt::make(int rate, int channel_count) {
  HARMONIC_TRY(auto changer, RateChanger::make(rate, kExcerptRate));
  return Excerpt{std::move(changer), channel_count};
}

void Excerpt::push(std::span<const float> channels) {
  if (seen_ == kFullAt || channels.empty()) return;
  const auto scale = 1.0F / static_cast<float>(channel_count_);
  mono_.resize(channels.size() / channel_count_);
  for (std::size_t i = 0; i < mono_.size(); ++i) {
    float sum = 0.0F;
    for (std::size_t c = 0; c < channel_count_; ++c) sum += channels[i * channel_count_ + c];
    mono_[i] = sum * scale;
  }
  keep(rate_.convert(mono_));
}

void Excerpt::keep(std::span<const float> sound) {
  auto rest = sound.first(std::min(sound.size(), kFullAt - seen_));
  seen_ += rest.size();
  const auto grown = std::min(rest.size(), kCapacity - ring_.size());
  ring_.insert(ring_.end(), rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(grown));
  for (const float sample : rest.subspan(grown)) {
    ring_[next_] = sample;
    next_ = (next_ + 1) % kCapacity;
  }
}

std::vector<float> Excerpt::take() {
  keep(rate_.convert({}));
  std::rotate(ring_.begin(), ring_.begin() + static_cast<std::ptrdiff_t>(next_), ring_.end());
  return std::exchange(ring_, {});
}

}  // namespace harmonic::audio
