// audio/excerpt.h - the 45 seconds of a song that are described as DEAM's table describes its
// songs. Internal to the module.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "audio/resampler.h"
#include "base/result.h"

namespace harmonic::audio {

inline constexpr std::chrono::seconds kExcerptLength{45};  ///< as long as those of DEAM's listeners
inline constexpr std::chrono::seconds kExcerptStart{30};   ///< past most intros

/// Names in the order of ExcerptFeatures.
inline constexpr std::array<std::string_view, 24> kExcerptNames{
    "excerpt_centroid_mean",    "excerpt_centroid_sd",    "excerpt_bandwidth_mean",
    "excerpt_bandwidth_sd",     "excerpt_rolloff_mean",   "excerpt_rolloff_sd",
    "excerpt_chroma_stft_mean", "excerpt_chroma_stft_sd", "excerpt_chroma_mean",
    "excerpt_chroma_sd",        "excerpt_cens_mean",      "excerpt_cens_sd",
    "excerpt_mel_mean",         "excerpt_mel_sd",         "excerpt_tempogram_mean",
    "excerpt_tempogram_sd",     "excerpt_mfcc_mean",      "excerpt_mfcc_sd",
    "excerpt_onset_mean",       "excerpt_onset_sd",       "excerpt_rms_mean",
    "excerpt_rms_sd",           "excerpt_crossings_mean", "excerpt_crossings_sd"};
using ExcerptFeatures = std::array<double, kExcerptNames.size()>;

/// Keeps up to 45 s of a stream, 8 MB: from second 30 on, or the last 45 s of a song that ends
/// before second 75.
class Excerpt {
 public:
  /// Errors  kInvalidInput: the rate cannot be converted.
  [[nodiscard]] static Result<Excerpt> make(int rate, int channel_count);
  /// Interleaved samples at `rate`.
  void push(std::span<const float> channels);
  /// Mono at 44.1 kHz; nothing is kept afterwards.
  [[nodiscard]] std::vector<float> take();

 private:
  Excerpt(RateChanger rate, int channel_count)
      : rate_{std::move(rate)}, channel_count_{static_cast<std::size_t>(channel_count)} {}
  void keep(std::span<const float> sound);

  RateChanger rate_;
  std::size_t channel_count_;
  std::size_t seen_ = 0;
  std::size_t next_ = 0;  ///< where the ring is written
  std::vector<float> mono_;
  std::vector<float> ring_;
};

/// Mean and standard deviation over bands and frames together, as DEAM's table of librosa 0.7
/// features has them: 44.1 kHz, frames of 2048 samples every 512 with their middle there. Tested
/// against that table's clips.
///
/// Shape   `sound` [n] mono at 44.1 kHz, at least a second; `tuning_semitones` against A = 440 Hz
[[nodiscard]] ExcerptFeatures describe_excerpt(std::span<const float> sound,
                                               double tuning_semitones);

}  // namespace harmonic::audio
