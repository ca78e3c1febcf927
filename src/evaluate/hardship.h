// evaluate/hardship.h - what a bad camera does to a face, made so that it can be measured and
// learned.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "base/dice.h"
#include "image/picture.h"

namespace harmonic::evaluate {

// All take and return an aligned grey face u8 [48, 48].

/// `stops` of exposure more (less when negative), in linear light, with the noise of a small
/// sensor: photons arrive at random, and reading them adds some of its own. Source  Janesick 2007,
/// "Photon Transfer": variance = signal + read noise^2, in electrons.
[[nodiscard]] image::Picture exposed(const image::Picture& face, float stops, Dice& dice);

/// As a camera across the room delivers it: `side` pixels each way, scaled up again.
[[nodiscard]] image::Picture shrunk(const image::Picture& face, int side);

/// Out of focus: a Gaussian of `sigma` pixels.
[[nodiscard]] image::Picture blurred(const image::Picture& face, float sigma);

/// Through JPEG at `quality` 1..100.
[[nodiscard]] image::Picture compressed(const image::Picture& face, int quality);

/// Under coloured light: each channel times its gain, cut off at white, made grey again.
[[nodiscard]] image::Picture cast(const image::Picture& face, std::array<float, 3> gains);

/// Turned in the picture plane about its middle.
[[nodiscard]] image::Picture turned(const image::Picture& face, float degrees);

/// Gaussian noise of `sigma` grey levels.
[[nodiscard]] image::Picture noisy(const image::Picture& face, float sigma, Dice& dice);

/// A plain patch of grey `level` over `box`.
[[nodiscard]] image::Picture covered(const image::Picture& face, const image::Box& box,
                                     float level);

/// Where FER2013's frame has the eyes and the mouth.
inline constexpr image::Box kEyes{4, 12, 40, 12};
inline constexpr image::Box kMouth{12, 31, 24, 13};

/// One entry of the suite that `harmonic eval faces` runs: a name for scripts and what is done.
struct Hardship {
  std::string_view name;
  image::Picture (*apply)(const image::Picture& face, Dice& dice);
};

/// The suite, in the order in which it is printed.
[[nodiscard]] std::span<const Hardship> hardships();

/// Seed of the suite's dice; each face has a stream of its own.
inline constexpr std::uint64_t kHardshipSeed = 2013;

}  // namespace harmonic::evaluate
