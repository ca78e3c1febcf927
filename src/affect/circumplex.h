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

/// How far from point_of(scores) the truth may lie: the root mean square distance of the
/// expressions' points from it, in the plane's unit, 0 (one expression for sure) .. sqrt 2.
///
/// Of the mean of several readings it is their whole standard deviation: what the readings leave
/// open (the mean of their variances) and how they differ from each other (the variance of their
/// points) add up to the variance of the mean distribution.
/// Source  the law of total variance, as for a mixture of predictions in Lakshminarayanan et al.,
///         "Simple and scalable predictive uncertainty estimation using deep ensembles", NIPS 2017,
///         section 2.4 (arXiv:1612.01474).
[[nodiscard]] float spread_of(const EmotionScores& scores);

}  // namespace harmonic::affect
