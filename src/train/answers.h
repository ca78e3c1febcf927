// train/answers.h - what a network in training says of a whole split.
#pragma once

#include <vector>

#include "affect/classifier.h"
#include "base/result.h"
#include "evaluate/fer2013.h"
#include "train/learner.h"

namespace harmonic::train {

/// f32 [n, kLogitCount] of the averaged weights for the undistorted faces, in their order.
[[nodiscard]] Result<std::vector<float>> logits_of(const Learner& learner,
                                                   const evaluate::LabelledFaces& faces);

/// The same of a network that ships: the logarithms of its probabilities, which differ from its
/// logits by one number a head and face.
[[nodiscard]] Result<std::vector<float>> logits_of(const affect::Classifier& classifier,
                                                   const evaluate::LabelledFaces& faces);

}  // namespace harmonic::train
