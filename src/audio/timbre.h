// audio/timbre.h - brightness, noisiness, movement and colour of the sound.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "audio/framer.h"
#include "audio/mel.h"
#include "audio/rhythm.h"
#include "audio/spectrum.h"
#include "audio/statistics.h"
#include "audio/texture.h"

namespace harmonic::audio {

inline constexpr std::size_t kTimbreFrame = 2048;  ///< 93 ms at kFeatureRate
inline constexpr std::size_t kTimbreHop = 512;     ///< 23 ms: 43 frames a second

/// Over the frames that are louder than -60 dBFS; silence between notes has no colour.
struct Timbre {
  RunningStats level_db;  ///< RMS of a frame, dBFS
  RunningStats centroid_hz;
  RunningStats bandwidth_hz;
  RunningStats rolloff_hz;  ///< below it lie 85 % of the magnitude
  RunningStats
      flatness;       ///< geometric over arithmetic mean of the power, [0, 1]: 0 a tone, 1 noise
  RunningStats flux;  ///< distance of successive unit-length magnitude spectra, [0, 1.42]
  RunningStats crossings;  ///< sign changes per sample, [0, 1]
  std::array<RunningStats, kMfccCount> mfcc;
  double low_energy_share = 0.0;  ///< of the frames, how many are below the mean RMS, [0, 1]
  double bass_share = 0.0;        ///< of the power, below 250 Hz, [0, 1]
  double treble_share = 0.0;      ///< of the power, above 4 kHz, [0, 1]
  double quiet_db = 0.0;          ///< tenth percentile of the frames' level against their median
  double loud_db = 0.0;           ///< ninetieth percentile of it against the median
  Texture texture;
};

/// Mono samples at kFeatureRate in blocks of any size; one pass, memory grows by 16 bytes a frame.
/// Source  Tzanetakis and Cook, "Musical genre classification of audio signals", IEEE Trans. Speech
///         and Audio Processing 10 (2002), 293-302 (centroid, rolloff, flux, crossings, low
///         energy); Peeters, "A large set of audio features for sound description", CUIDADO report
///         (2004).
class TimbreMeter {
 public:
  TimbreMeter();
  void push(std::span<const float> mono);
  [[nodiscard]] Timbre finish() const;
  /// How much louder the bands became, one value a frame from the second on: the mean over the mel
  /// bands of the rise in dB; of all, of those up to 400 Hz and of those above 3.5 kHz. The input
  /// of rhythm.h.
  [[nodiscard]] OnsetStrength onset_strength() const {
    return {onsets_, bass_onsets_, treble_onsets_};
  }

 private:
  void hear(std::span<const float> frame);
  void measure_rise(const MelLevels& levels);
  void measure_shape(std::span<const float> power);
  void measure_flux();

  Framer framer_{kTimbreFrame, kTimbreHop};
  Spectrum spectrum_{kTimbreFrame};
  MelBank bank_;
  CosineTransform cosine_;
  Timbre timbre_;
  TextureMeter texture_;
  MelLevels last_levels_{};
  bool has_last_levels_ = false;
  std::vector<float> magnitude_;       ///< of this frame, unit length
  std::vector<float> last_magnitude_;  ///< of the last audible frame before it
  bool has_last_magnitude_ = false;
  std::vector<float> onsets_;
  std::vector<float> bass_onsets_;
  std::vector<float> treble_onsets_;
  std::vector<float> rms_;
  double power_all_ = 0.0;
  double power_bass_ = 0.0;
  double power_treble_ = 0.0;
};

}  // namespace harmonic::audio
