// train/targets.h - what the two heads of the network should say about a labelled face.
#pragma once

#include <array>
#include <cstdint>

#include "affect/emotion.h"
#include "evaluate/fer2013.h"

namespace harmonic::train {

inline constexpr std::size_t kLogitCount = evaluate::kFer2013Count + affect::kEmotionCount;

/// Distributions over each head's labels and how much each counts in the loss (0 leaves it out).
struct Target {
  std::array<float, evaluate::kFer2013Count> fer2013{};
  float fer2013_weight = 0;
  std::array<float, affect::kEmotionCount> ferplus{};
  float ferplus_weight = 0;
};

/// Share of FER2013's target that is taken from the one label and given half to what the raters saw
/// and half to all labels alike (label smoothing, Szegedy et al. 2016, with the raters as prior).
inline constexpr float kSmoothing = 0.15F;

/// `label` is 0..6. The FER+ target is the raters' votes for the eight emotions, weighted by the
/// share of all votes that they hold. A picture that most raters call no face teaches nothing.
[[nodiscard]] Target target_of(std::uint8_t label, const evaluate::Votes& votes);

/// A share `of_b` of `b` and the rest of `a`, weights too (Zhang et al. 2018, "mixup").
[[nodiscard]] Target mixed(const Target& a, const Target& b, float of_b);

/// What a teacher says of one face, as distributions like those of Target.
struct Lesson {
  std::array<float, evaluate::kFer2013Count> fer2013{};
  std::array<float, affect::kEmotionCount> ferplus{};
};

/// A share `taught` of the lesson and the rest of the target; its weights stay (Hinton et al. 2015,
/// "Distilling the knowledge in a neural network", at temperature 1).
[[nodiscard]] Target taught_target(const Target& target, const Lesson& lesson, float taught);

}  // namespace harmonic::train
