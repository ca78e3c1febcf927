#include "identity/descriptor.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace harmonic::identity {

namespace {

/// Patterns with at most two changes around the circle have a bin each, all others share the last.
constexpr std::array<std::uint8_t, 256> uniform_bins() {
  std::array<std::uint8_t, 256> bins{};
  std::uint8_t next = 0;
  for (unsigned code = 0; code < 256; ++code) {
    const unsigned turned = ((code << 1U) | (code >> 7U)) & 255U;
    bins.at(code) = std::popcount(code ^ turned) <= 2 ? next++ : std::uint8_t{kPatternBins - 1};
  }
  return bins;
}

struct Neighbour {
  int x, y;  ///< corner above and left of it
  float right, below;
};

std::array<Neighbour, 8> neighbours(int radius) {
  std::array<Neighbour, 8> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(i) / 8;
    const double x = radius * std::cos(angle), y = -radius * std::sin(angle);
    // Exact axes: rounding must not lead one pixel beyond the circle.
    const double left = std::floor(x + 1e-6), top = std::floor(y + 1e-6);
    all.at(i) = {static_cast<int>(left), static_cast<int>(top),
                 static_cast<float>(std::max(0.0, x - left)),
                 static_cast<float>(std::max(0.0, y - top))};
  }
  return all;
}

float between(float from, float to, float share) { return from + (to - from) * share; }

/// The pattern of a pixel that is at least the radius away from every edge.
unsigned pattern_at(const image::Picture& grey, int x, int y,
                    const std::array<Neighbour, 8>& around) {
  const auto* pixels = grey.pixels.data();
  const auto value = [&](int column, int row) {
    return static_cast<float>(pixels[row * grey.width + column]);
  };
  const float middle = value(x, y);
  unsigned code = 0;
  for (std::size_t i = 0; i < around.size(); ++i) {
    const auto& n = around[i];
    const int left = x + n.x, top = y + n.y;
    const int right = left + (n.right > 0 ? 1 : 0), bottom = top + (n.below > 0 ? 1 : 0);
    const float above = between(value(left, top), value(right, top), n.right);
    const float below = between(value(left, bottom), value(right, bottom), n.right);
    // Equal up to rounding counts as brighter, so that plain surfaces do not flicker.
    if (between(above, below, n.below) >= middle - 1e-3F) code |= 1U << i;
  }
  return code;
}

image::Picture mirrored(image::Picture picture) {
  for (int row = 0; row < picture.height; ++row) {
    const auto first = picture.pixels.begin() + std::ptrdiff_t{row} * picture.width;
    std::reverse(first, first + picture.width);
  }
  return picture;
}

}  // namespace

std::vector<float> pattern_histograms(const image::Picture& grey, int radius, int columns,
                                      int rows) {
  static constexpr auto kUniform = uniform_bins();
  assert(grey.channels == 1 && grey.width > 2 * radius && grey.height > 2 * radius);
  const auto around = neighbours(radius);
  const int width = grey.width - 2 * radius, height = grey.height - 2 * radius;
  const auto blocks = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  std::vector<float> histograms(blocks * kPatternBins), counts(blocks);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int place = y * rows / height * columns + x * columns / width;
      const auto block = static_cast<std::size_t>(place);
      const auto bin = kUniform.at(pattern_at(grey, x + radius, y + radius, around));
      histograms[block * kPatternBins + bin] += 1;
      counts[block] += 1;
    }
  }
  for (std::size_t i = 0; i < histograms.size(); ++i) {
    histograms[i] /= std::max(1.0F, counts[i / kPatternBins]);
  }
  return histograms;
}

std::vector<float> describe(const image::Picture& portrait) {
  std::vector<float> all;
  all.reserve(kDescriptorLength);
  const image::Picture mirror = mirrored(portrait);
  for (const int radius : {1, 3}) {
    const auto one = pattern_histograms(portrait, radius, kDescriptorColumns, kDescriptorRows);
    const auto other = pattern_histograms(mirror, radius, kDescriptorColumns, kDescriptorRows);
    for (std::size_t i = 0; i < one.size(); ++i) {
      all.push_back((std::sqrt(one[i]) + std::sqrt(other[i])) / 2);
    }
  }
  return all;
}

}  // namespace harmonic::identity
