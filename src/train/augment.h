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

/// The same after a random mirror, rotation (within 15 degrees, sometimes 35), scale (within 15 %),
/// shift (within 5 pixels), gamma and an erased rectangle, drawn from `dice`; a share `hard` of the
/// faces also suffers one or two things of evaluate/hardship.h.
void distort(std::span<const std::uint8_t> face, Dice& dice, float hard, std::span<float> out);

}  // namespace harmonic::train
