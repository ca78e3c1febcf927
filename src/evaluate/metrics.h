// evaluate/metrics.h - figures over answers to which the truth is known.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "affect/emotion.h"
#include "evaluate/votes.h"

namespace harmonic::evaluate {

/// Probabilities over the seven emotions of kRatedCount, in the order of affect::Emotion.
using Shares = std::array<float, kRatedCount>;

/// One picture: what it is labelled and what the network said.
struct Answer {
  affect::Emotion truth{};  ///< one of the first kRatedCount
  Shares shares{};          ///< in [0, 1], summing to 1
};

/// confusion[truth][answer] counts pictures.
using Confusion = std::array<std::array<std::size_t, kRatedCount>, kRatedCount>;

/// Bins of the calibration error: as many as Guo et al. 2017 take.
inline constexpr std::size_t kCalibrationBins = 15;

/// Answers whose top share lies in one bin; means are 0 where it is empty.
struct ReliabilityBin {
  std::size_t count = 0;
  double confidence = 0;  ///< mean top share, [0, 1]
  double accuracy = 0;    ///< share of right answers, [0, 1]
};
using Reliability = std::array<ReliabilityBin, kCalibrationBins>;

/// Share of the answers, surest first, whose accuracy stands for "when it speaks, is it right?".
inline constexpr double kSelectedShare = 0.7;

struct Scores {
  std::size_t count = 0;
  double accuracy = 0;  ///< share of right answers, [0, 1]
  /// Mean over the emotions that occur as truth of the harmonic mean of precision and recall.
  double macro_f1 = 0;
  /// Expected calibration error of the top answer's probability, equal bins, [0, 1].
  double calibration_error = 0;
  /// Accuracy on the kSelectedShare of answers with the largest top shares, [0, 1].
  double selective_accuracy = 0;
  Reliability reliability{};
  /// Share of each emotion's pictures that are found; nothing for one that has no picture.
  std::array<std::optional<double>, kRatedCount> recall;
  Confusion confusion{};
};

/// Nothing to score when `answers` is empty: no figure can be given.
[[nodiscard]] std::optional<Scores> score(std::span<const Answer> answers);

/// The emotion with the largest share, the first among equals.
[[nodiscard]] affect::Emotion top_of(const Shares& shares);

[[nodiscard]] Confusion confusion_of(std::span<const Answer> answers);
[[nodiscard]] double macro_f1_of(const Confusion& confusion);
[[nodiscard]] Reliability reliability_of(std::span<const Answer> answers);
[[nodiscard]] double calibration_error_of(std::span<const Answer> answers);

/// Accuracy on the `share` (0 to 1, rounded up to whole answers) that are surest, the first among
/// equals; 0 for no answers.
/// Source  Geifman & El-Yaniv 2017, "Selective classification for deep neural networks".
[[nodiscard]] double selective_accuracy_of(std::span<const Answer> answers, double share);

}  // namespace harmonic::evaluate
