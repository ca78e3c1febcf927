// Module motion: brief movements of a face in film.
//
// Uses     base, image, face (OpenCV inside the .cpp files).  Used by evaluate, session and the
// apps.
// Read     steady_crop.h cuts the face, spotter.h finds its movements; patch_flow.h, head_motion.h
//          and pulses.h are the three steps of the spotter; staged_film.h makes films to measure
//          it on.
//
// motion/movement.h - what is found: that a part of the face moved, never what that would mean.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace harmonic::motion {

using Seconds = std::chrono::duration<double>;

/// Parts of the face. "Right" is the person's own right, which an unmirrored picture shows on its
/// left side.
enum class Region : std::uint8_t {
  kRightBrow,
  kLeftBrow,
  kRightEye,
  kLeftEye,
  kNose,
  kRightCheek,
  kLeftCheek,
  kRightMouthCorner,
  kLeftMouthCorner,
  kMouth,
  kChin
};
inline constexpr std::size_t kRegionCount = 11;
inline constexpr std::array<std::string_view, kRegionCount> kRegionNames{
    "right_brow", "left_brow",          "right_eye",         "left_eye", "nose", "right_cheek",
    "left_cheek", "right_mouth_corner", "left_mouth_corner", "mouth",    "chin"};

[[nodiscard]] constexpr std::string_view name_of(Region region) {
  return kRegionNames.at(static_cast<std::size_t>(region));
}

/// A part of the face left its place and came back. onset < apex < offset, on the clock of the
/// frames.
struct Movement {
  Seconds onset{0};
  Seconds apex{0};
  Seconds offset{0};
  Region region{};  ///< the part that moved furthest beyond its own noise
  /// How far that part's middle moved at the apex, in pixels of the steady crop (128 wide).
  double size = 0;
};

}  // namespace harmonic::motion
