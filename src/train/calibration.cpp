#include "train/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "evaluate/votes.h"
#include "train/answers.h"

namespace harmonic::train {
namespace {

using evaluate::kFer2013Count;
using evaluate::kRatedCount;

constexpr double kRaise = 0.05;       // a step of raise_least_found()
constexpr int kRaises = 4;            // of a label, at most
constexpr double kLeastRecall = 0.1;  // its share in what is chosen by
constexpr double kEnough = 50;        // faces of a label, so that its recall is no chance
constexpr double kWeak = 0.1;         // how far below the accuracy its recall then lies

std::vector<double> times(std::span<const double> values, double factor) {
  std::vector<double> result{values.begin(), values.end()};
  for (double& value : result) value *= factor;
  return result;
}

/// One face's logits with what is added to each label.
std::vector<double> raised(const HeadAnswers& answers, std::size_t i,
                           std::span<const double> added) {
  std::vector<double> logits(added.begin(), added.end());
  for (std::size_t k = 0; k < answers.labels; ++k)
    logits[k] += static_cast<double>(answers.logits[i * answers.labels + k]);
  return logits;
}

/// How answers fall out with something added to each label.
struct Outcome {
  double accuracy = 0;
  double macro_f1 = 0;  ///< over the labels that occur
  std::vector<double> recall;
  std::vector<double> faces;  ///< of each label

  [[nodiscard]] double merit() const { return accuracy + macro_f1; }
};

Outcome outcome_of(const HeadAnswers& answers, std::span<const double> added) {
  std::vector<double> hits(answers.labels), truths(answers.labels), said(answers.labels);
  for (std::size_t i = 0; i < answers.truths.size(); ++i) {
    const auto logits = raised(answers, i, added);
    const auto top = static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
    ++said[top];
    ++truths[answers.truths[i]];
    if (top == answers.truths[i]) ++hits[top];
  }
  Outcome outcome{0, 0, std::vector<double>(answers.labels), truths};
  double f1 = 0;
  double occurring = 0;
  for (std::size_t k = 0; k < answers.labels; ++k) {
    if (truths[k] == 0) continue;
    ++occurring;
    f1 += 2 * hits[k] / (truths[k] + said[k]);
    outcome.recall[k] = hits[k] / truths[k];
  }
  outcome.accuracy =
      std::reduce(hits.begin(), hits.end()) / static_cast<double>(answers.truths.size());
  outcome.macro_f1 = f1 / occurring;
  return outcome;
}

/// The label of least recall among those in `labels`, which are not none.
std::size_t least_found(const Outcome& outcome, const std::vector<std::size_t>& labels) {
  return *std::ranges::min_element(labels, {}, [&](std::size_t k) { return outcome.recall[k]; });
}

std::vector<std::size_t> weak_labels(const Outcome& outcome) {
  std::vector<std::size_t> weak;
  for (std::size_t k = 0; k < outcome.recall.size(); ++k) {
    if (outcome.faces[k] >= kEnough && outcome.recall[k] < outcome.accuracy - kWeak)
      weak.push_back(k);
  }
  return weak;
}

double loss(const HeadAnswers& answers, std::span<const double> added, double temperature) {
  double sum = 0;
  for (std::size_t i = 0; i < answers.truths.size(); ++i) {
    const auto logits = raised(answers, i, added);
    const double top = *std::ranges::max_element(logits);
    double all = 0;
    for (const double z : logits) all += std::exp((z - top) / temperature);
    sum += std::log(all) - (logits[answers.truths[i]] - top) / temperature;
  }
  return sum;
}

/// What the head answers once `calibration` is folded in, but for what it raises.
HeadAnswers calibrated(HeadAnswers answers, const HeadCalibration& calibration,
                       std::span<const double> rarity) {
  for (std::size_t i = 0; i < answers.logits.size(); ++i) {
    const double z =
        static_cast<double>(answers.logits[i]) + calibration.rarity * rarity[i % answers.labels];
    answers.logits[i] = static_cast<float>(z / calibration.temperature);
  }
  return answers;
}

/// The seven rated labels of one head; `truth_of` gives a row's, or nothing.
template <typename TruthOf>
HeadAnswers answers_of(std::span<const float> logits, std::size_t first, TruthOf truth_of) {
  HeadAnswers answers{kRatedCount, {}, {}};
  for (std::size_t i = 0; i < logits.size() / kLogitCount; ++i) {
    const std::optional<std::size_t> truth = truth_of(i);
    if (!truth) continue;
    const auto row = logits.subspan(i * kLogitCount + first, kRatedCount);
    answers.logits.insert(answers.logits.end(), row.begin(), row.end());
    answers.truths.push_back(*truth);
  }
  return answers;
}

auto labels_of(const evaluate::LabelledFaces& faces) {
  return [&faces](std::size_t i) { return std::optional<std::size_t>{faces.labels[i]}; };
}

auto majorities_of(const evaluate::LabelledFaces& faces) {
  return [&faces](std::size_t i) -> std::optional<std::size_t> {
    const auto majority = evaluate::majority_of(faces.votes[i]);
    if (!majority) return std::nullopt;
    return static_cast<std::size_t>(*majority);
  };
}

template <typename TruthOf>
std::vector<double> rarity_in(const evaluate::LabelledFaces& training, TruthOf truth_of) {
  std::vector<std::size_t> counts(kRatedCount);
  for (std::size_t i = 0; i < training.size(); ++i) {
    if (const auto truth = truth_of(i)) ++counts[*truth];
  }
  return rarity_of(counts);
}

}  // namespace

std::vector<double> rarity_of(std::span<const std::size_t> counts) {
  std::vector<double> rarity;
  for (const auto count : counts) {
    rarity.push_back(-std::log(static_cast<double>(std::max<std::size_t>(count, 1))));
  }
  const double mean =
      std::reduce(rarity.begin(), rarity.end()) / static_cast<double>(rarity.size());
  for (double& r : rarity) r -= mean;
  return rarity;
}

HeadCalibration fit_head(const HeadAnswers& answers, std::span<const double> rarity) {
  HeadCalibration best;
  if (answers.truths.empty()) return best;
  double highest = -1;
  for (int step = 0; step <= 20; ++step) {
    const double share = 0.025 * step;
    const double now = outcome_of(answers, times(rarity, share)).merit();
    if (now > highest) {
      highest = now;
      best.rarity = share;
    }
  }
  double least = std::numeric_limits<double>::infinity();
  const auto added = times(rarity, best.rarity);
  for (double temperature = 0.25; temperature <= 4; temperature *= 1.02) {
    const double now = loss(answers, added, temperature);
    if (now < least) {
      least = now;
      best.temperature = temperature;
    }
  }
  best.raised = raise_least_found(calibrated(answers, best, rarity));
  return best;
}

std::vector<double> raise_least_found(const HeadAnswers& answers) {
  std::vector<double> added(answers.labels);
  auto best = added;
  if (answers.truths.empty()) return best;
  auto outcome = outcome_of(answers, added);
  const auto weak = weak_labels(outcome);
  if (weak.empty()) return best;
  std::vector<int> raises(answers.labels);
  double highest = -1;
  for (auto open = weak;;) {
    const double now = outcome.merit() + kLeastRecall * outcome.recall[least_found(outcome, weak)];
    if (now > highest) {
      highest = now;
      best = added;
    }
    if (open.empty()) return best;
    const auto next = least_found(outcome, open);
    added[next] += kRaise;
    if (++raises[next] == kRaises) std::erase(open, next);
    outcome = outcome_of(answers, added);
  }
}

void fold(const HeadCalibration& calibration, std::span<const double> rarity, FoldedStep& head) {
  const auto at = [](std::span<const double> values, std::size_t k) {
    return k < values.size() ? values[k] : 0;
  };
  for (float& w : head.weight) w = static_cast<float>(w / calibration.temperature);
  for (std::size_t k = 0; k < head.bias.size(); ++k) {
    const double z = static_cast<double>(head.bias[k]) + calibration.rarity * at(rarity, k);
    head.bias[k] = static_cast<float>(z / calibration.temperature + at(calibration.raised, k));
  }
}

Result<Calibration> calibrate(FoldedNet& net, const Learner& learner,
                              const std::filesystem::path& data) {
  static_assert(kFer2013Count == kRatedCount);
  HARMONIC_TRY(const auto training, read_split(data, evaluate::Split::kTraining));
  HARMONIC_TRY(const auto choosing, read_split(data, evaluate::Split::kPublicTest));
  HARMONIC_TRY(const auto logits, logits_of(learner, choosing));
  const auto fer2013_rarity = rarity_in(training, labels_of(training));
  const auto ferplus_rarity = rarity_in(training, majorities_of(training));
  const Calibration chosen{
      fit_head(answers_of(logits, 0, labels_of(choosing)), fer2013_rarity),
      fit_head(answers_of(logits, kFer2013Count, majorities_of(choosing)), ferplus_rarity)};
  fold(chosen.fer2013, fer2013_rarity, net.steps[net.fer2013]);
  fold(chosen.ferplus, ferplus_rarity, net.steps[net.ferplus]);
  return chosen;
}

Result<Calibration> raise_released(FoldedNet& net, const affect::Classifier& classifier,
                                   const std::filesystem::path& data) {
  HARMONIC_TRY(const auto choosing, read_split(data, evaluate::Split::kPublicTest));
  HARMONIC_TRY(const auto logits, logits_of(classifier, choosing));
  Calibration chosen;
  chosen.fer2013.raised = raise_least_found(answers_of(logits, 0, labels_of(choosing)));
  chosen.ferplus.raised =
      raise_least_found(answers_of(logits, kFer2013Count, majorities_of(choosing)));
  fold(chosen.fer2013, {}, net.steps[net.fer2013]);
  fold(chosen.ferplus, {}, net.steps[net.ferplus]);
  return chosen;
}

}  // namespace harmonic::train
