// motion/regions.h - where the parts of a face lie in the steady crop.
#pragma once

#include <array>
#include <optional>

#include "image/picture.h"
#include "motion/movement.h"

namespace harmonic::motion {

/// Side of the steady crop in pixels, and where it has eyes and mouth: distances between eyes are
/// 41 pixels. Means of 231 photographs of the muxspace set, made symmetric.
inline constexpr int kCropSide = 128;
inline constexpr image::Point kRightEyePlace{43.5F, 48.0F};
inline constexpr image::Point kLeftEyePlace{84.5F, 48.0F};
inline constexpr image::Point kMouthPlace{64.0F, 99.0F};

/// A rectangle that is followed as one. Those without a region only help to tell the head's motion.
struct Patch {
  image::Point middle;
  int half_width = 0;
  int half_height = 0;
  std::optional<Region> region;
};

inline constexpr std::size_t kPatchCount = 19;

/// The regions first, in the order of Region; then forehead, bridge of the nose, temples, jaw.
inline constexpr std::array<Patch, kPatchCount> kPatches{{
    {{42, 35}, 13, 8, Region::kRightBrow},
    {{86, 35}, 13, 8, Region::kLeftBrow},
    {{43.5F, 49}, 11, 7, Region::kRightEye},
    {{84.5F, 49}, 11, 7, Region::kLeftEye},
    {{64, 70}, 12, 11, Region::kNose},
    {{39, 74}, 12, 12, Region::kRightCheek},
    {{89, 74}, 12, 12, Region::kLeftCheek},
    {{47, 97}, 10, 10, Region::kRightMouthCorner},
    {{81, 97}, 10, 10, Region::kLeftMouthCorner},
    {{64, 98}, 12, 9, Region::kMouth},
    {{64, 114}, 14, 7, Region::kChin},
    {{44, 18}, 12, 9, std::nullopt},
    {{84, 18}, 12, 9, std::nullopt},
    {{64, 16}, 10, 10, std::nullopt},
    {{64, 48}, 8, 11, std::nullopt},
    {{22, 50}, 9, 14, std::nullopt},
    {{106, 50}, 9, 14, std::nullopt},
    {{27, 94}, 10, 13, std::nullopt},
    {{101, 94}, 10, 13, std::nullopt},
}};

/// How far a place of the crop stands out towards the camera, in pixels of the crop: an ellipsoid
/// for the head and a hill for the nose. Only its shape matters, its scale goes into the fitted
/// turn.
[[nodiscard]] double depth_at(image::Point place);

}  // namespace harmonic::motion
