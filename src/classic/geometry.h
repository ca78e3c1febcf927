// classic/geometry.h - a face as the places of its parts.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

#include "classic/features.h"
#include "face/detector.h"
#include "image/picture.h"

namespace harmonic::classic {

inline constexpr std::size_t kPointMeasures = 16;
inline constexpr std::size_t kShadeMeasures = 27;

/// From the six key points: nose, mouth and ears in the frame whose origin is the middle of the
/// eyes and whose unit is their distance (8 numbers), five distances in that unit, three angles in
/// radians. [16], the same for a face that is shifted, turned or scaled. Nothing when both eyes are
/// in one place.
[[nodiscard]] std::optional<std::vector<float>> measures_of(const face::KeyPoints& points);

/// Where brows, eyes and mouth are darkest: the face is brought upright by its eyes; in each
/// upright band of a window the middle and the spread of the darkness, in distances of the eyes;
/// for the mouth its width as well. [27]. These stand in for the brow and mouth points of the
/// literature, which the face finder does not give.
[[nodiscard]] std::vector<float> shades_of(const image::Picture& face,
                                           const face::KeyPoints& points);

/// measures_of() and shades_of() of the most confident face that BlazeFace finds in the 48x48,
/// which it scales up itself; nothing when it finds none. Errors  those of face::make_detector.
[[nodiscard]] Result<Features> geometry_features(const std::filesystem::path& share);

}  // namespace harmonic::classic
