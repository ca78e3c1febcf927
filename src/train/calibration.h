// train/calibration.h - makes a head's certainty mean what it says, without training it again.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "affect/classifier.h"
#include "base/result.h"
#include "evaluate/fer2013.h"
#include "train/learner.h"
#include "train/plan.h"

namespace harmonic::train {

/// Logits z become (z + rarity * r) / temperature, where r is -log of each label's share of
/// Training, less its mean: rare labels, which a network that learned their rarity gives too
/// seldom, are raised. It is folded into the head's linear layer, so that what ships needs no step
/// more. Sources  Guo et al. 2017, "On calibration of modern neural networks" (temperature); Menon
/// et al.
///          2021, "Long-tail learning via logit adjustment" (rarity).
struct HeadCalibration {
  double temperature = 1;
  double rarity = 0;
  std::vector<double> raised;  ///< a label: added after all that (raise_least_found())
};

/// One head's answers to faces whose label is known. logits: f32 [n, labels].
struct HeadAnswers {
  std::size_t labels = 0;
  std::vector<float> logits;
  std::vector<std::size_t> truths;  ///< [n], each below `labels`
};

/// r of HeadCalibration from how often each label occurs (1 for one that never does).
[[nodiscard]] std::vector<double> rarity_of(std::span<const std::size_t> counts);

/// The rarity in 0 .. .5 with the largest sum of accuracy and macro-F1, then the temperature in .25
/// .. 4 with the least mean -log of the true label's share, then what raise_least_found() says.
/// Without answers nothing is changed.
[[nodiscard]] HeadCalibration fit_head(const HeadAnswers& answers, std::span<const double> rarity);

/// What to add to each label's logit so that weak labels, whose recall lies more than .1 below the
/// accuracy, are found more: again and again the one of least recall gains a twentieth, each up to
/// a fifth, and of all these states that with the largest sum of accuracy, macro-F1 and a tenth of
/// the least recall is taken. A label of fewer than 50 faces is never weak: its recall is chance.
/// Returns f64 [labels].
[[nodiscard]] std::vector<double> raise_least_found(const HeadAnswers& answers);

/// Folds it into the head's linear layer. Labels beyond those of `rarity` and of
/// `calibration.raised`, such as contempt, which is not measured, are neither raised nor lowered.
void fold(const HeadCalibration& calibration, std::span<const double> rarity, FoldedStep& head);

/// What was chosen for each head.
struct Calibration {
  HeadCalibration fer2013;
  HeadCalibration ferplus;
};

/// Fits both heads of the averaged weights on PublicTest (FER+: faces with a majority, contempt
/// left out, as it is measured), with rarity counted on Training, and folds the outcome into `net`.
/// Errors are those of read_split() and of the learner.
[[nodiscard]] Result<Calibration> calibrate(FoldedNet& net, const Learner& learner,
                                            const std::filesystem::path& data);

/// Of a network that was released and is calibrated but for HeadCalibration::raised: fits that
/// alone on PublicTest and folds it into `net`, which holds the weights of `classifier`.
/// Errors are those of read_split() and of the classifier.
[[nodiscard]] Result<Calibration> raise_released(FoldedNet& net,
                                                 const affect::Classifier& classifier,
                                                 const std::filesystem::path& data);

}  // namespace harmonic::train
