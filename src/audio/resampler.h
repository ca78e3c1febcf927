// audio/resampler.h - decoded frames of any shape to float of one shape. Internal to the module.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"

struct AVFrame;
struct SwrContext;

namespace harmonic::audio {

class Resampler {
 public:
  Resampler(int rate, int channel_count) : rate_{rate}, channel_count_{channel_count} {}
  Resampler(const Resampler&) = delete;
  Resampler& operator=(const Resampler&) = delete;
  ~Resampler();

  /// Interleaved samples of `frame`, or what is left inside when null; valid until the next call.
  /// A frame of another rate or layout than the one before it is taken in its stride.
  /// Errors  kInvalidInput when the frame's shape makes no sense.
  [[nodiscard]] Result<std::span<const float>> convert(const AVFrame* frame);

 private:
  [[nodiscard]] Result<void> adapt_to(const AVFrame& frame);

  int rate_;
  int channel_count_;
  int in_rate_ = 0;
  int in_format_ = -1;
  int in_channels_ = 0;
  SwrContext* context_ = nullptr;
  std::vector<float> samples_;
};

/// A stream of one channel at another rate.
class RateChanger {
 public:
  /// Errors  kInvalidInput: a rate that cannot be converted.
  [[nodiscard]] static Result<RateChanger> make(int from, int to);
  RateChanger(RateChanger&& other) noexcept;
  RateChanger(const RateChanger&) = delete;
  RateChanger& operator=(const RateChanger&) = delete;
  ~RateChanger();

  /// What can be said of `sound` [n] by now, or what is left inside when `sound` is empty; valid
  /// until the next call.
  [[nodiscard]] std::span<const float> convert(std::span<const float> sound);

 private:
  explicit RateChanger(SwrContext* context) : context_{context} {}

  SwrContext* context_;  ///< null when both rates are the same
  std::vector<float> samples_;
};

}  // namespace harmonic::audio
