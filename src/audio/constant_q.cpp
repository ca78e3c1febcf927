#include "audio/constant_q.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace harmonic::audio {

namespace {

constexpr double kRate = 44100.0;
constexpr std::size_t kHop = 512;
constexpr double kLowestHz = 32.703195662574764;  // C1
constexpr std::size_t kAnOctave = 12;
constexpr std::size_t kOctaves = kConstantQBins / kAnOctave;
constexpr int kHalfTaps = 31;  // of the low pass on each side of its middle

std::vector<float> with_silence(std::span<const float> sound, std::size_t before,
                                std::size_t after) {
  std::vector<float> padded;
  padded.reserve(before + sound.size() + after);
  padded.resize(before, 0.0F);
  padded.insert(padded.end(), sound.begin(), sound.end());
  padded.resize(padded.size() + after, 0.0F);
  return padded;
}

/// The lower half of the band at half the rate; sample i of the result lies at sample 2i.
std::vector<float> halved(std::span<const float> sound) {
  static const auto taps_of_half_band = [] {
    std::array<float, kHalfTaps + 1> taps{};
    for (int i = 0; i <= kHalfTaps; ++i) {
      const double x = std::numbers::pi * i / 2.0;
      const double ideal = i == 0 ? 0.5 : 0.5 * std::sin(x) / x;
      const double blackman = 0.42 + 0.5 * std::cos(std::numbers::pi * i / (kHalfTaps + 1)) +
                              0.08 * std::cos(2.0 * std::numbers::pi * i / (kHalfTaps + 1));
      taps[static_cast<std::size_t>(i)] = static_cast<float>(ideal * blackman);
    }
    return taps;
  }();
  const auto filtered = [](const float* middle) {
    float sum = taps_of_half_band[0] * middle[0];
    for (int t = 1; t <= kHalfTaps; t += 2)  // the even ones are 0
      sum += taps_of_half_band[static_cast<std::size_t>(t)] * (middle[t] + middle[-t]);
    return sum;
  };
  std::vector<float> half((sound.size() + 1) / 2);
  std::array<float, 2 * kHalfTaps + 1> edge{};
  for (std::size_t i = 0; i < half.size(); ++i) {
    const auto first = static_cast<std::ptrdiff_t>(2 * i) - kHalfTaps;
    if (first >= 0 && first + std::ssize(edge) <= std::ssize(sound)) {
      half[i] = filtered(&sound[2 * i]);
      continue;
    }
    for (std::ptrdiff_t t = 0; t < std::ssize(edge); ++t) {
      const auto at = first + t;
      edge[static_cast<std::size_t>(t)] =
          at >= 0 && at < std::ssize(sound) ? sound[static_cast<std::size_t>(at)] : 0.0F;
    }
    half[i] = filtered(&edge[kHalfTaps]);
  }
  return half;
}

struct Filter {
  std::vector<float> re;
  std::vector<float> im;
  std::ptrdiff_t first = 0;  ///< of its samples, against the middle
};

double filter_length(double hz, double rate) {
  static const double quality = 1.0 / (std::exp2(1.0 / kAnOctave) - 1.0);
  return quality * rate / hz;
}

/// A complex sine under a Hann window, of absolute sum 1 times `scale`.
Filter filter_at(double hz, double rate, double scale) {
  const double length = filter_length(hz, rate);
  const auto first = static_cast<std::ptrdiff_t>(std::floor(-length / 2.0));
  const auto n = static_cast<std::size_t>(std::ceil(length / 2.0) - static_cast<double>(first));
  Filter filter{std::vector<float>(n), std::vector<float>(n), first};
  std::vector<double> window(n);
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    window[i] = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(i) /
                                     static_cast<double>(n));
    sum += window[i];
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double angle = 2.0 * std::numbers::pi * hz / rate *
                         static_cast<double>(first + static_cast<std::ptrdiff_t>(i));
    filter.re[i] = static_cast<float>(scale * window[i] / sum * std::cos(angle));
    filter.im[i] = static_cast<float>(scale * window[i] / sum * std::sin(angle));
  }
  return filter;
}

float magnitude(const Filter& filter, const float* sound) {
  float re = 0.0F;
  float im = 0.0F;
  for (std::size_t i = 0; i < filter.re.size(); ++i) {
    re += filter.re[i] * sound[i];
    im += filter.im[i] * sound[i];
  }
  return std::sqrt(re * re + im * im);
}

using Rows = std::vector<std::array<float, kConstantQBins>>;

/// `sound` at `rate`, of which `hop` samples make a row.
void add_octave(std::span<const float> sound, double rate, std::size_t hop, std::size_t first_bin,
                double lowest_hz, Rows& rows) {
  std::vector<Filter> filters;
  std::ptrdiff_t reach = 0;
  for (std::size_t b = 0; b < kAnOctave; ++b) {
    const double hz = lowest_hz * std::exp2(static_cast<double>(first_bin + b) / kAnOctave);
    filters.push_back(filter_at(hz, rate, std::sqrt(filter_length(hz, kRate))));
    reach = std::max(reach, -filters.back().first + 1);
  }
  const auto padded =
      with_silence(sound, static_cast<std::size_t>(reach), static_cast<std::size_t>(reach) + hop);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const float* middle = padded.data() + reach + row * hop;
    for (std::size_t b = 0; b < kAnOctave; ++b)
      rows[row][first_bin + b] = magnitude(filters[b], middle + filters[b].first);
  }
}

}  // namespace

std::vector<std::array<float, kConstantQBins>> constant_q(std::span<const float> sound,
                                                          double tuning_semitones) {
  Rows rows(1 + sound.size() / kHop);
  // The highest octave ends at 3951 Hz, .36 of the quarter of the rate.
  std::vector<float> octave = halved(halved(sound));
  double rate = kRate / 4.0;
  std::size_t hop = kHop / 4;
  const double lowest_hz = kLowestHz * std::exp2(tuning_semitones / kAnOctave);
  for (std::size_t o = kOctaves; o-- > 0;) {
    add_octave(octave, rate, hop, o * kAnOctave, lowest_hz, rows);
    octave = halved(octave);
    rate /= 2.0;
    hop /= 2;
  }
  return rows;
}

}  // namespace harmonic::audio
