#include "audio/loudness.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>

namespace harmonic::audio {

struct LoudnessMeter::Inside {
  Inside(int rate, int channels)
      : channel_count{static_cast<std::size_t>(channels)},
        // The histogram keeps memory constant however long the song is.
        state{ebur128_init(static_cast<unsigned>(channels), static_cast<unsigned long>(rate),
                           EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_HISTOGRAM)} {
    if (state != nullptr && channels == 1) ebur128_set_channel(state, 0, EBUR128_DUAL_MONO);
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
  ~Inside() {
    if (state != nullptr) ebur128_destroy(&state);
  }

  std::size_t channel_count;
  ebur128_state* state;
  float peak = 0.0F;
};

Result<LoudnessMeter> LoudnessMeter::make(int rate, int channel_count) {
  auto inside = std::make_unique<Inside>(rate, channel_count);
  if (inside->state == nullptr)
    return fail(ErrorKind::kUnavailable, "no memory to measure loudness");
  return LoudnessMeter{std::move(inside)};
}

LoudnessMeter::LoudnessMeter(std::unique_ptr<Inside> inside) : inside_{std::move(inside)} {}
LoudnessMeter::LoudnessMeter(LoudnessMeter&&) noexcept = default;
LoudnessMeter& LoudnessMeter::operator=(LoudnessMeter&&) noexcept = default;
LoudnessMeter::~LoudnessMeter() = default;

void LoudnessMeter::push(std::span<const float> interleaved) {
  ebur128_add_frames_float(inside_->state, interleaved.data(),
                           interleaved.size() / inside_->channel_count);
  for (const float x : interleaved) inside_->peak = std::max(inside_->peak, std::abs(x));
}

Loudness LoudnessMeter::finish() const {
  Loudness loudness;
  loudness.peak = static_cast<double>(inside_->peak);
  double value = 0.0;
  if (ebur128_loudness_global(inside_->state, &value) == EBUR128_SUCCESS && std::isfinite(value)) {
    loudness.integrated_lufs = value;
  }
  if (ebur128_loudness_range(inside_->state, &value) == EBUR128_SUCCESS && std::isfinite(value)) {
    loudness.range_lu = value;
  }
  return loudness;
}

}  // namespace harmonic::audio
