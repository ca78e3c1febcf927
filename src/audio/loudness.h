// audio/loudness.h - how loud a song is to a listener, and how much that varies.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "base/result.h"

namespace harmonic::audio {

struct Loudness {
  std::optional<double> integrated_lufs;  ///< absent when everything is below the gate of -70 LUFS
  double range_lu = 0.0;
  double peak = 0.0;  ///< largest sample, 1 is full scale
};

/// A mono file is measured as it is heard, from two loudspeakers.
/// Source  EBU R 128 (2020), EBU Tech 3342 (range), ITU-R BS.1770-4.
class LoudnessMeter {
 public:
  /// Errors  kUnavailable: no memory.
  [[nodiscard]] static Result<LoudnessMeter> make(int rate, int channel_count);
  LoudnessMeter(LoudnessMeter&&) noexcept;
  LoudnessMeter& operator=(LoudnessMeter&&) noexcept;
  ~LoudnessMeter();

  /// Interleaved, a whole number of sample frames.
  void push(std::span<const float> interleaved);
  [[nodiscard]] Loudness finish() const;

 private:
  struct Inside;
  explicit LoudnessMeter(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace harmonic::audio
