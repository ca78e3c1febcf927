// audio/spectrum.h - the real Fourier transform of one frame.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace harmonic::audio {

/// Threads  one object per thread; making them from several threads at once is safe.
class Spectrum {
 public:
  /// `size` a power of two.
  explicit Spectrum(std::size_t size);
  Spectrum(Spectrum&&) noexcept;
  Spectrum& operator=(Spectrum&&) noexcept;
  ~Spectrum();

  /// |X|^2 of `frame` [size] under a periodic Hann window, for the bins 0 .. size/2, scaled so that
  /// a sine of amplitude 1 in the middle of a bin gives 1. Valid until the next call; [size/2 + 1].
  [[nodiscard]] std::span<const float> power(std::span<const float> frame);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

/// How a piece of signal resembles itself later.
/// Threads  one object per thread; making them from several threads at once is safe.
class Autocorrelation {
 public:
  /// Of pieces of `size` samples.
  explicit Autocorrelation(std::size_t size);
  Autocorrelation(const Autocorrelation&) = delete;
  Autocorrelation& operator=(const Autocorrelation&) = delete;
  ~Autocorrelation();

  /// Sum over i of x[i] x[i + lag] for the lags 0 .. size - 1. Valid until the next call.
  [[nodiscard]] std::span<const float> of(std::span<const float> piece);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace harmonic::audio
