// audio/texture.h - how peaked the spectrum is, how fast its colour moves, at which rates its bands
// swell. Internal to the module.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "audio/mel.h"
#include "audio/spectrum.h"
#include "audio/statistics.h"

namespace harmonic::audio {

inline constexpr std::size_t kContrastBands = 7;  ///< to 200, 400, 800, ... Hz and above 6400
inline constexpr std::size_t kSwellGroups = 4;    ///< of ten mel bands each, low to high
inline constexpr std::size_t kSwellRates = 5;     ///< to 1, 2, 4, 8 and above 8 Hz

struct Texture {
  std::array<RunningStats, kContrastBands>
      contrast_db;                                 ///< loudest over quietest fifth of the bins
  std::array<RunningStats, kMfccCount> mfcc_step;  ///< change from frame to frame, dB
  /// Share of each rate in how a group's level moves: power spectrum of its dB over 6 s.
  std::array<std::array<double, kSwellRates>, kSwellGroups> swell{};
  std::array<double, kSwellGroups> swell_depth_db{};  ///< standard deviation of that level in 6 s
};

/// Frames of the timbre meter in order; constant memory.
/// Source  Jiang et al., "Music type classification by spectral contrast feature", ICME 2002;
///         Pampalk, Rauber, Merkl, "Content-based organization and visualization of music
///         archives", ACM Multimedia 2002 (fluctuation of bands)
class TextureMeter {
 public:
  TextureMeter();
  /// A frame that is heard: `power` [bins] of the timbre spectrum.
  void hear(std::span<const float> power, const Mfcc& mfcc);
  /// Every frame, heard or silent.
  void follow(const MelLevels& levels);
  void pause() { has_last_ = false; }
  [[nodiscard]] Texture finish() const;

 private:
  void measure_window();

  Texture texture_;
  Mfcc last_{};
  bool has_last_ = false;
  std::vector<float> bins_;
  Spectrum spectrum_;
  std::array<std::vector<float>, kSwellGroups> levels_;
  std::array<std::array<double, kSwellRates>, kSwellGroups> power_{};
  std::array<RunningStats, kSwellGroups> depth_;
};

}  // namespace harmonic::audio
