// audio/beat_weights.h - what each input of a tempo adds to its score. Written by
// `harmonic-train tempo`; not to be changed by hand.
#pragma once

#include <array>

#include "audio/repetition.h"

namespace harmonic::audio {

// clang-format off
inline constexpr std::array<double, kTempoInputs> kBeatWeights{
    1.5134, -0.5293, 1.1170, -0.9666, -0.5994, 1.8362, -0.5892, -0.2621,
    -0.0488, -0.3473, -0.5524, 0.1372, 0.3103, -0.6712, 2.1846, 0.0863,
    -0.2157, 0.6606, 2.1538, 0.0378, 0.5803, 0.8035, 0.0175, -1.2136,
    -0.0148, -0.6860};
// clang-format on

}  // namespace harmonic::audio
