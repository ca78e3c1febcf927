// affect/circumplex.h - what an expression means in the valence/arousal plane.
#pragma once

#include "affect/emotion.h"
#include "base/valence_arousal.h"

namespace harmonic::affect {

/// The point of one pure expression.
/// Source  see circumplex.cpp, where the table stands.
[[nodiscard]] ValenceArousal point_of(Emotion emotion);

/// The expectation of point_of over a distribution: a half-hearted smile lies half as far out as a
/// full one. `scores` sum to 1.
[[nodiscard]] ValenceArousal point_of(const EmotionScores& scores);

}  // namespace harmonic::affect
