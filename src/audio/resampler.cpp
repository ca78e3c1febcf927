#include "audio/resampler.h"

#include <algorithm>
#include <cmath>
#include <utility>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/frame.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
}

namespace harmonic::audio {

namespace {

constexpr float kLoudestSample = 4.0F;
constexpr int kSlowestRate = 4000;
constexpr int kFastestRate = 384000;

}  // namespace

Resampler::~Resampler() { swr_free(&context_); }

Result<void> Resampler::adapt_to(const AVFrame& frame) {
  const int channels = frame.ch_layout.nb_channels;
  if (context_ != nullptr && frame.sample_rate == in_rate_ && frame.format == in_format_ &&
      channels == in_channels_) {
    return {};
  }
  // A filter grows with the ratio of the rates and a frame by it: a lying header must not eat
  // memory.
  if (frame.sample_rate < kSlowestRate || frame.sample_rate > kFastestRate || channels <= 0) {
    return fail(ErrorKind::kInvalidInput, "is damaged: " + std::to_string(channels) +
                                              " channels at " + std::to_string(frame.sample_rate) +
                                              " Hz is no rate of sound");
  }
  AVChannelLayout out{};
  av_channel_layout_default(&out, channel_count_);
  AVChannelLayout in{};
  // Unnamed layouts cannot be mixed down, so they get the usual one of their size.
  if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
    av_channel_layout_default(&in, channels);
  } else {
    av_channel_layout_copy(&in, &frame.ch_layout);
  }
  int status =
      swr_alloc_set_opts2(&context_, &out, AV_SAMPLE_FMT_FLT, rate_, &in,
                          static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
  // Down to one channel is the mean, so that mono and stereo copies of a song measure alike.
  if (status >= 0 && channel_count_ == 1) av_opt_set_double(context_, "rematrix_maxval", 1.0, 0);
  if (status >= 0) status = swr_init(context_);
  av_channel_layout_uninit(&in);
  av_channel_layout_uninit(&out);
  if (status < 0) {
    swr_free(&context_);
    return fail(ErrorKind::kInvalidInput, "its " + std::to_string(channels) + " channels at " +
                                              std::to_string(frame.sample_rate) +
                                              " Hz cannot be mixed down");
  }
  in_rate_ = frame.sample_rate;
  in_format_ = frame.format;
  in_channels_ = channels;
  return {};
}

Result<std::span<const float>> Resampler::convert(const AVFrame* frame) {
  if (frame != nullptr) HARMONIC_CHECK(adapt_to(*frame));
  if (context_ == nullptr) return std::span<const float>{};
  const int given = frame != nullptr ? frame->nb_samples : 0;
  const int room = std::max(0, swr_get_out_samples(context_, given));
  const auto channels = static_cast<std::size_t>(channel_count_);
  samples_.resize(std::max(samples_.size(), static_cast<std::size_t>(room) * channels));
  auto* out = reinterpret_cast<std::uint8_t*>(samples_.data());
  const auto** in =
      frame != nullptr ? const_cast<const std::uint8_t**>(frame->extended_data) : nullptr;
  const int got = swr_convert(context_, &out, room, in, given);
  if (got < 0) return fail(ErrorKind::kInvalidInput, "is damaged: a frame cannot be resampled");
  const std::span<float> made{samples_.data(), static_cast<std::size_t>(got) * channels};
  for (float& x : made) x = std::abs(x) <= kLoudestSample ? x : 0.0F;  // NaN fails the comparison
  return made;
}

Result<RateChanger> RateChanger::make(int from, int to) {
  if (from == to) return RateChanger{nullptr};
  AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
  SwrContext* context = nullptr;
  if (swr_alloc_set_opts2(&context, &mono, AV_SAMPLE_FMT_FLT, to, &mono, AV_SAMPLE_FMT_FLT, from, 0,
                          nullptr) >= 0 &&
      swr_init(context) >= 0) {
    return RateChanger{context};
  }
  swr_free(&context);
  return fail(ErrorKind::kInvalidInput, "cannot be resampled from " + std::to_string(from) + " Hz");
}

RateChanger::RateChanger(RateChanger&& other) noexcept
    : context_{std::exchange(other.context_, nullptr)}, samples_{std::move(other.samples_)} {}

RateChanger::~RateChanger() { swr_free(&context_); }

std::span<const float> RateChanger::convert(std::span<const float> sound) {
  if (context_ == nullptr) return sound;
  const int given = static_cast<int>(sound.size());
  const int room = std::max(0, swr_get_out_samples(context_, given));
  samples_.resize(std::max(samples_.size(), static_cast<std::size_t>(room)));
  auto* out = reinterpret_cast<std::uint8_t*>(samples_.data());
  const auto* in = reinterpret_cast<const std::uint8_t*>(sound.data());
  const int got = swr_convert(context_, &out, room, sound.empty() ? nullptr : &in, given);
  return {samples_.data(), static_cast<std::size_t>(std::max(0, got))};
}

}  // namespace harmonic::audio
