#include "evaluate/metrics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
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

float confidence_of(const Answer& answer) { return *std::ranges::max_element(answer.shares); }

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

Reliability reliability_of(std::span<const Answer> answers) {
  Reliability bins{};
  for (const auto& answer : answers) {
    const double confidence = confidence_of(answer);
    const auto bin = static_cast<std::size_t>(std::clamp(confidence, 0.0, 1.0) * kCalibrationBins);
    auto& its = bins.at(std::min(bin, kCalibrationBins - 1));
    ++its.count;
    its.confidence += confidence;
    its.accuracy += top_of(answer.shares) == answer.truth ? 1 : 0;
  }
  for (auto& bin : bins) {
    bin.confidence = ratio(bin.confidence, static_cast<double>(bin.count));
    bin.accuracy = ratio(bin.accuracy, static_cast<double>(bin.count));
  }
  return bins;
}

double calibration_error_of(std::span<const Answer> answers) {
  double gaps = 0;
  for (const auto& bin : reliability_of(answers)) {
    gaps += static_cast<double>(bin.count) * std::abs(bin.accuracy - bin.confidence);
  }
  return ratio(gaps, static_cast<double>(answers.size()));
}

double selective_accuracy_of(std::span<const Answer> answers, double share) {
  std::vector<std::size_t> order(answers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{},
                           [&](std::size_t i) { return confidence_of(answers[i]); });
  order.resize(static_cast<std::size_t>(std::ceil(share * static_cast<double>(answers.size()))));
  const auto right = std::ranges::count_if(
      order, [&](std::size_t i) { return top_of(answers[i].shares) == answers[i].truth; });
  return ratio(static_cast<double>(right), static_cast<double>(order.size()));
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
  scores.selective_accuracy = selective_accuracy_of(answers, kSelectedShare);
  scores.reliability = reliability_of(answers);
  return scores;
}

}  // namespace harmonic::evaluate
