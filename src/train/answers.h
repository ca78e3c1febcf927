// train/answers.h - what a network in training says of a whole split.
#pragma once

#include <vector>

#include "base/result.h"
#include "evaluate/fer2013.h"
#include "train/learner.h"

namespace harmonic::train {

/// f32 [n, kLogitCount] of the averaged weights for the undistorted faces, in their order.
[[nodiscard]] Result<std::vector<float>> logits_of(const Learner& learner,
                                                   const evaluate::LabelledFaces& faces);

}  // namespace harmonic::train
