// train/augment.h - turns a face of the archive into the many faces that it could have been.
#pragma once

#include <cstdint>
#include <span>

#include "base/dice.h"

namespace harmonic::train {

/// Added to no pixel; keeps a blank picture from a division by zero. Grey levels, 0..255.
inline constexpr float kStandardiseEpsilon = 1.0F;

/// Writes (x - mean) / max(std, kStandardiseEpsilon) over `pixels`; std is of the population.
/// The shipping classifier does the same (models/expression/manifest.json: "standardise").
void standardise(std::span<float> pixels);

/// Grey u8 [48, 48] to standardised f32 [48, 48], undistorted.
void prepare(std::span<const std::uint8_t> face, std::span<float> out);

/// What is done to the faces of an epoch.
struct Distortions {
  float hard = 0.4F;   ///< share of faces that suffer a bad camera: one or two things of hardship.h
  float mixed = 0.3F;  ///< share of faces that are blended with another of their batch (mixup)
  float erased = 0.4F;  ///< share of faces that lose a rectangle
  /// How far faces are turned, scaled and shifted: 1 is within 15 degrees (sometimes 35), 15 % and
  /// 5 pixels.
  float moved = 1;
};

/// The same after a random mirror, movement, gamma, bad camera and erased rectangle, drawn from
/// `dice`. Blending is the feed's, which has the other faces.
void distort(std::span<const std::uint8_t> face, Dice& dice, const Distortions& how,
             std::span<float> out);

}  // namespace harmonic::train
