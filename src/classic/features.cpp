#include "classic/features.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <numeric>

#include <opencv2/core.hpp>

#include "classic/geometry.h"
#include "evaluate/fer2013.h"

namespace harmonic::classic {
namespace {

using evaluate::kFacePixels;
using evaluate::kFaceSide;

/// Pattern 0..255 to its bin: those with at most two changes around the circle have their own.
std::array<std::uint8_t, 256> uniform_bins() {
  std::array<std::uint8_t, 256> bins{};
  std::uint8_t next = 0;
  for (unsigned pattern = 0; pattern < 256; ++pattern) {
    const auto turned = ((pattern << 1U) | (pattern >> 7U)) & 255U;
    const bool uniform = std::popcount(pattern ^ turned) <= 2;
    bins.at(pattern) = uniform ? next++ : static_cast<std::uint8_t>(kLbpBins - 1);
  }
  return bins;
}

/// The eight neighbours in the order of the circle, beyond the edge the edge's own.
unsigned pattern_at(const image::Picture& face, int row, int column) {
  constexpr std::array<std::array<int, 2>, 8> kAround{
      {{-1, -1}, {-1, 0}, {-1, 1}, {0, 1}, {1, 1}, {1, 0}, {1, -1}, {0, -1}}};
  const auto at = [&face](int r, int c) {
    r = std::clamp(r, 0, kFaceSide - 1);
    c = std::clamp(c, 0, kFaceSide - 1);
    return face.pixels[static_cast<std::size_t>(r) * kFaceSide + static_cast<std::size_t>(c)];
  };
  unsigned pattern = 0;
  for (const auto& [down, right] : kAround) {
    pattern = (pattern << 1U) | (at(row + down, column + right) >= at(row, column) ? 1U : 0U);
  }
  return pattern;
}

template <std::vector<float> (*Function)(const image::Picture&)>
Features always() {
  return [](const image::Picture& face) -> Result<std::optional<std::vector<float>>> {
    return Function(face);
  };
}

}  // namespace

std::string_view recipe_of(FeatureKind kind) {
  switch (kind) {
    case FeatureKind::kPixels: return "2,304 grey values";
    case FeatureKind::kLbp: return "uniform LBP, 6 x 6 cells";
    case FeatureKind::kDct: return "135 lowest cosine coefficients";
    case FeatureKind::kGabor: return "18 Gabor filters at 8 x 8 nodes";
    case FeatureKind::kGeometry: return "BlazeFace's points, brows and mouth";
  }
  return {};
}

Result<Features> features_of(FeatureKind kind, const std::filesystem::path& share) {
  switch (kind) {
    case FeatureKind::kPixels: return always<pixels_of>();
    case FeatureKind::kLbp: return always<lbp_of>();
    case FeatureKind::kDct: return always<dct_of>();
    case FeatureKind::kGabor: return always<gabor_of>();
    case FeatureKind::kGeometry: return geometry_features(share);
  }
  return fail(ErrorKind::kInvalidInput, "there are no such features");
}

std::vector<float> pixels_of(const image::Picture& face) {
  assert(face.pixels.size() == kFacePixels);
  constexpr auto kCount = static_cast<float>(kFacePixels);
  const float mean = std::accumulate(face.pixels.begin(), face.pixels.end(), 0.0F) / kCount;
  float squares = 0;
  for (const auto value : face.pixels) {
    squares += (static_cast<float>(value) - mean) * (static_cast<float>(value) - mean);
  }
  const float deviation = std::max(1.0F, std::sqrt(squares / kCount));
  std::vector<float> pixels(kFacePixels);
  std::ranges::transform(face.pixels, pixels.begin(), [&](std::uint8_t value) {
    return (static_cast<float>(value) - mean) / deviation;
  });
  return pixels;
}

std::vector<float> lbp_of(const image::Picture& face) {
  static const auto bins = uniform_bins();
  assert(face.pixels.size() == kFacePixels);
  constexpr int kCell = 8;
  std::vector<float> histograms(kLbpCells * kLbpBins);
  for (int row = 0; row < kFaceSide; ++row) {
    for (int column = 0; column < kFaceSide; ++column) {
      const auto cell = static_cast<std::size_t>(row / kCell) * (kFaceSide / kCell) +
                        static_cast<std::size_t>(column / kCell);
      histograms[cell * kLbpBins + bins.at(pattern_at(face, row, column))] += 1;
    }
  }
  for (auto& count : histograms) count = std::sqrt(count / (kCell * kCell));
  return histograms;
}

std::vector<float> dct_of(const image::Picture& face) {
  auto pixels = pixels_of(face);
  cv::Mat matrix(kFaceSide, kFaceSide, CV_32F, pixels.data());
  cv::dct(matrix, matrix);
  std::vector<float> lowest;
  for (int v = 0; v <= kDctOrder; ++v) {
    for (int u = 0; u + v <= kDctOrder; ++u) {
      if (u + v > 0) lowest.push_back(matrix.at<float>(v, u));
    }
  }
  return lowest;
}

}  // namespace harmonic::classic
