#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "classic/features.h"
#include "evaluate/fer2013.h"

namespace harmonic::classic {
namespace {

constexpr int kSide = evaluate::kFaceSide;
constexpr int kStep = 6;
constexpr int kFirst = 3;
constexpr int kMargin = 16;  ///< the longest filter's radius
constexpr int kPadded = kSide + 2 * kMargin;
constexpr double kSigma = std::numbers::pi;
constexpr int kDirections = 6;

struct Filter {
  int radius = 0;
  std::vector<float> real, imaginary;  ///< [2 radius + 1]^2
};

Filter make_filter(double frequency, double angle) {
  Filter filter;
  filter.radius = static_cast<int>(std::lround(2 * kSigma / frequency));
  const double kx = frequency * std::cos(angle), ky = frequency * std::sin(angle);
  const double scale = frequency * frequency / (kSigma * kSigma);
  for (int y = -filter.radius; y <= filter.radius; ++y) {
    for (int x = -filter.radius; x <= filter.radius; ++x) {
      const double envelope = scale * std::exp(-scale * (x * x + y * y) / 2);
      const auto wave = std::polar(1.0, kx * x + ky * y) - std::exp(-kSigma * kSigma / 2);
      filter.real.push_back(static_cast<float>(envelope * wave.real()));
      filter.imaginary.push_back(static_cast<float>(envelope * wave.imag()));
    }
  }
  return filter;
}

std::vector<Filter> make_filters() {
  std::vector<Filter> filters;
  for (const double part : {2.0, 4.0, 8.0}) {
    for (int i = 0; i < kDirections; ++i) {
      filters.push_back(make_filter(std::numbers::pi / part, std::numbers::pi * i / kDirections));
    }
  }
  return filters;
}

/// The face with kMargin pixels of its mirror image around it.
std::vector<float> padded(const std::vector<float>& face) {
  const auto mirrored = [](int i) {
    if (i < 0) i = -1 - i;
    return i < kSide ? i : 2 * kSide - 1 - i;
  };
  std::vector<float> wide;
  wide.reserve(std::size_t{kPadded} * kPadded);
  for (int row = -kMargin; row < kSide + kMargin; ++row) {
    for (int column = -kMargin; column < kSide + kMargin; ++column) {
      wide.push_back(face[static_cast<std::size_t>(mirrored(row)) * kSide +
                          static_cast<std::size_t>(mirrored(column))]);
    }
  }
  return wide;
}

float magnitude_at(const std::vector<float>& wide, const Filter& filter, int row, int column) {
  float real = 0, imaginary = 0;
  std::size_t at = 0;
  for (int y = -filter.radius; y <= filter.radius; ++y) {
    const auto* pixels =
        wide.data() + std::ptrdiff_t{row + kMargin + y} * kPadded + column + kMargin;
    for (int x = -filter.radius; x <= filter.radius; ++x, ++at) {
      real += pixels[x] * filter.real[at];
      imaginary += pixels[x] * filter.imaginary[at];
    }
  }
  return std::hypot(real, imaginary);
}

}  // namespace

std::vector<float> gabor_of(const image::Picture& face) {
  static const auto filters = make_filters();
  const auto wide = padded(pixels_of(face));
  std::vector<float> magnitudes;
  magnitudes.reserve(kGaborNodes * kGaborFilters);
  for (const auto& filter : filters) {
    for (int row = kFirst; row < kSide; row += kStep) {
      for (int column = kFirst; column < kSide; column += kStep) {
        magnitudes.push_back(magnitude_at(wide, filter, row, column));
      }
    }
  }
  return magnitudes;
}

}  // namespace harmonic::classic
