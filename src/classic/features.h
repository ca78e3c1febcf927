// classic/features.h - a face as numbers, by the recipes of the literature.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "image/picture.h"

namespace harmonic::classic {

/// A grey face u8 [48, 48] as numbers, always as many; nothing when the face does not show what is
/// measured. Errors are those of the library that looks.
using Features = std::function<Result<std::optional<std::vector<float>>>(const image::Picture&)>;

enum class FeatureKind : std::uint8_t { kPixels, kLbp, kDct, kGabor, kGeometry };

/// How the features are made, in words for the table.
[[nodiscard]] std::string_view recipe_of(FeatureKind kind);

/// kGeometry reads `share`/models/blazeface. Errors  those of face::make_detector.
[[nodiscard]] Result<Features> features_of(FeatureKind kind, const std::filesystem::path& share);

/// The 2,304 grey values with mean 0 and deviation 1 (a plain face stays 0), so that light and
/// contrast do not count.
[[nodiscard]] std::vector<float> pixels_of(const image::Picture& face);

inline constexpr std::size_t kLbpCells = 36;  ///< 6 x 6 of 8 x 8 pixels
inline constexpr std::size_t kLbpBins = 59;   ///< 58 uniform patterns and one for all others

/// Histograms of uniform local binary patterns over the eight nearest pixels, cell by cell; the
/// roots of the shares, whose Euclidean distance is Hellinger's. [2124], in [0, 1]. Any rising
/// change of the grey values leaves them as they are.
/// Source  Ojala, Pietikainen, Maenpaa, "Multiresolution gray-scale and rotation invariant texture
///         classification with local binary patterns", IEEE PAMI 24 (2002); by cells: Shan, Gong,
///         McOwan, "Facial expression recognition based on local binary patterns", Image and Vision
///         Computing 27 (2009).
[[nodiscard]] std::vector<float> lbp_of(const image::Picture& face);

inline constexpr int kDctOrder = 15;
inline constexpr std::size_t kDctCount = 135;

/// The coefficients (u, v) of the cosine transform of pixels_of() with u + v <= kDctOrder, without
/// the mean. [135]
[[nodiscard]] std::vector<float> dct_of(const image::Picture& face);

inline constexpr std::size_t kGaborNodes = 64;    ///< 8 x 8, six pixels apart
inline constexpr std::size_t kGaborFilters = 18;  ///< 3 frequencies, 6 directions

/// Magnitudes of Gabor filters of frequency pi/2, pi/4, pi/8 a pixel and six directions at the
/// nodes of a grid, on pixels_of(). [1152], not negative.
/// Source  Lyons, Akamatsu, Kamachi, Gyoba, "Coding facial expressions with Gabor wavelets", FG
///         1998, equation 1, with their sigma of pi; filters end at two deviations.
[[nodiscard]] std::vector<float> gabor_of(const image::Picture& face);

}  // namespace harmonic::classic
