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

}  // namespace harmonic::train
