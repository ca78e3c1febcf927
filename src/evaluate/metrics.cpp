#include "evaluate/metrics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace harmonic::evaluate {
namespace {

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

std::size_t sum_of_row(const Confusion& confusion, std::size_t truth) {
  const auto& row = confusion.at(truth);
  return std::accumulate(row.begin(), row.end(), std::size_t{0});
}

std::size_t sum_of_column(const Confusion& confusion, std::size_t answer) {
  std::size_t sum = 0;
  for (const auto& row : confusion) sum += row.at(answer);
  return sum;
}

}  // namespace

affect::Emotion top_of(const Shares& shares) {
  return static_cast<affect::Emotion>(std::ranges::max_element(shares) - shares.begin());
}

Confusion confusion_of(std::span<const Answer> answers) {
  Confusion confusion{};
  for (const auto& answer : answers) {
    assert(static_cast<std::size_t>(answer.truth) < kRatedCount);
    ++confusion.at(static_cast<std::size_t>(answer.truth))
          .at(static_cast<std::size_t>(top_of(answer.shares)));
  }
  return confusion;
}

double macro_f1_of(const Confusion& confusion) {
  double sum = 0;
  std::size_t occurring = 0;
  for (std::size_t i = 0; i < kRatedCount; ++i) {
    const auto truths = sum_of_row(confusion, i);
    if (truths == 0) continue;
    ++occurring;
    // 2 PR / (P + R) with P = hits / answers and R = hits / truths.
    sum += ratio(2.0 * static_cast<double>(confusion.at(i).at(i)),
                 static_cast<double>(truths + sum_of_column(confusion, i)));
  }
  return ratio(sum, static_cast<double>(occurring));
}

double calibration_error_of(std::span<const Answer> answers) {
  struct Bin {
    double confidence = 0;
    double right = 0;
  };
  std::array<Bin, kCalibrationBins> bins{};
  for (const auto& answer : answers) {
    const auto top = top_of(answer.shares);
    const double confidence = answer.shares.at(static_cast<std::size_t>(top));
    const auto bin = static_cast<std::size_t>(std::clamp(confidence, 0.0, 1.0) * kCalibrationBins);
    auto& its = bins.at(std::min(bin, kCalibrationBins - 1));
    its.confidence += confidence;
    its.right += top == answer.truth ? 1 : 0;
  }
  // A bin's gap |right/n - confidence/n|, weighted by n/all: n cancels.
  double gaps = 0;
  for (const auto& bin : bins) gaps += std::abs(bin.right - bin.confidence);
  return ratio(gaps, static_cast<double>(answers.size()));
}

std::optional<Scores> score(std::span<const Answer> answers) {
  if (answers.empty()) return std::nullopt;
  Scores scores;
  scores.count = answers.size();
  scores.confusion = confusion_of(answers);
  std::size_t right = 0;
  for (std::size_t i = 0; i < kRatedCount; ++i) {
    const auto hits = scores.confusion.at(i).at(i);
    right += hits;
    const auto truths = sum_of_row(scores.confusion, i);
    if (truths > 0) {
      scores.recall.at(i) = static_cast<double>(hits) / static_cast<double>(truths);
    }
  }
  scores.accuracy = static_cast<double>(right) / static_cast<double>(answers.size());
  scores.macro_f1 = macro_f1_of(scores.confusion);
  scores.calibration_error = calibration_error_of(answers);
  return scores;
}

}  // namespace harmonic::evaluate
