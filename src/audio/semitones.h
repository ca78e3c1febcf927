// audio/semitones.h - a stream of sound -> how loud each semitone is. Internal to the module.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "audio/framer.h"
#include "audio/spectrum.h"

namespace harmonic::audio {

inline constexpr std::size_t kSemitones = 104;       ///< A0 (27.5 Hz, MIDI 21) .. E9 (10.5 kHz)
inline constexpr int kLowestSemitone = 21;           ///< as MIDI number
inline constexpr std::size_t kSemitoneFrame = 4096;  ///< 186 ms at kFeatureRate
inline constexpr std::size_t kSemitoneHop = 1024;    ///< 46 ms: 21.5 rows a second

/// One row of a song.
struct SemitoneRow {
  std::array<float, kSemitones> level_db;  ///< of the loudest bin of the semitone, -150 .. 0 dBFS
  /// The same against the loudest semitone of the last seconds, which is 2; 20 dB less is 1 less,
  /// down to -2. It does not follow the volume.
  std::array<float, kSemitones> height;
};

/// Mono samples at kFeatureRate.
class SemitoneMeter {
 public:
  SemitoneMeter();

  /// Calls `on_row(const SemitoneRow&)` for each row completed.
  template <typename OnRow>
  void push(std::span<const float> mono, OnRow&& on_row) {
    framer_.push(mono, [&](std::span<const float> frame) { on_row(row_of(frame)); });
  }

 private:
  const SemitoneRow& row_of(std::span<const float> frame);

  Framer framer_{kSemitoneFrame, kSemitoneHop};
  Spectrum spectrum_{kSemitoneFrame};
  float loudest_db_;  ///< lately
  SemitoneRow row_{};
};

}  // namespace harmonic::audio
