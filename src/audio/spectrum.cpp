#include "audio/spectrum.h"

#include <fftw3.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <mutex>
#include <numbers>
#include <vector>

namespace harmonic::audio {

namespace {

// FFTW's planner is one for the whole process and not safe to enter twice.
std::mutex& planner() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

struct Spectrum::Inside {
  explicit Inside(std::size_t n)
      : size{n},
        window(n),
        powers(n / 2 + 1),
        in{fftwf_alloc_real(n)},
        out{fftwf_alloc_complex(n / 2 + 1)} {
    // Estimated plans are the same in every run; measured ones are not, and neither are their sums.
    const std::lock_guard lock{planner()};
    // NOLINTNEXTLINE(cppcoreguidelines-prefer-member-initializer): under the lock
    plan = fftwf_plan_dft_r2c_1d(static_cast<int>(n), in, out, FFTW_ESTIMATE);
    for (std::size_t i = 0; i < n; ++i) {
      const double phase = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n);
      window[i] = static_cast<float>(0.5 - 0.5 * std::cos(phase));
    }
    scale = static_cast<float>(16.0 / (static_cast<double>(n) * static_cast<double>(n)));
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
  ~Inside() {
    const std::lock_guard lock{planner()};
    fftwf_destroy_plan(plan);
    fftwf_free(in);
    fftwf_free(out);
  }

  std::size_t size;
  std::vector<float> window;
  std::vector<float> powers;
  float* in;
  fftwf_complex* out;
  fftwf_plan plan = nullptr;
  float scale = 1.0F;
};

Spectrum::Spectrum(std::size_t size) : inside_{std::make_unique<Inside>(size)} {}
Spectrum::Spectrum(Spectrum&&) noexcept = default;
Spectrum& Spectrum::operator=(Spectrum&&) noexcept = default;
Spectrum::~Spectrum() = default;

std::span<const float> Spectrum::power(std::span<const float> frame) {
  Inside& s = *inside_;
  assert(frame.size() == s.size);
  for (std::size_t i = 0; i < s.size; ++i) s.in[i] = frame[i] * s.window[i];
  fftwf_execute(s.plan);
  const float* bins = &s.out[0][0];
  for (std::size_t k = 0; k < s.powers.size(); ++k) {
    const float re = bins[2 * k];
    const float im = bins[2 * k + 1];
    s.powers[k] = (re * re + im * im) * s.scale;
  }
  return s.powers;
}

struct Autocorrelation::Inside {
  // Twice the size, so that the end does not meet the beginning.
  explicit Inside(std::size_t n)
      : size{n}, in{fftwf_alloc_real(2 * n)}, out{fftwf_alloc_complex(n + 1)} {
    const std::lock_guard lock{planner()};
    const auto whole = static_cast<int>(2 * n);
    // NOLINTBEGIN(cppcoreguidelines-prefer-member-initializer): under the lock
    there = fftwf_plan_dft_r2c_1d(whole, in, out, FFTW_ESTIMATE);
    back = fftwf_plan_dft_c2r_1d(whole, out, in, FFTW_ESTIMATE);
    // NOLINTEND(cppcoreguidelines-prefer-member-initializer)
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
  ~Inside() {
    const std::lock_guard lock{planner()};
    fftwf_destroy_plan(there);
    fftwf_destroy_plan(back);
    fftwf_free(in);
    fftwf_free(out);
  }

  std::size_t size;
  float* in;
  fftwf_complex* out;
  fftwf_plan there = nullptr;
  fftwf_plan back = nullptr;
};

Autocorrelation::Autocorrelation(std::size_t size) : inside_{std::make_unique<Inside>(size)} {}
Autocorrelation::~Autocorrelation() = default;

std::span<const float> Autocorrelation::of(std::span<const float> piece) {
  Inside& s = *inside_;
  assert(piece.size() == s.size);
  std::copy(piece.begin(), piece.end(), s.in);
  std::fill(s.in + s.size, s.in + 2 * s.size, 0.0F);
  fftwf_execute(s.there);
  const float scale = 1.0F / static_cast<float>(2 * s.size);
  for (std::size_t k = 0; k <= s.size; ++k) {
    const float re = s.out[k][0];
    const float im = s.out[k][1];
    s.out[k][0] = (re * re + im * im) * scale;
    s.out[k][1] = 0.0F;
  }
  fftwf_execute(s.back);
  return {s.in, s.size};
}

}  // namespace harmonic::audio
