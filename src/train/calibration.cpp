#include "train/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "evaluate/votes.h"
#include "train/answers.h"

namespace harmonic::train {
namespace {

using evaluate::kFer2013Count;
using evaluate::kRatedCount;

/// One face's logits with the rarity added.
std::vector<double> raised(const HeadAnswers& answers, std::size_t i,
                           std::span<const double> rarity, double share) {
  std::vector<double> logits(answers.labels);
  for (std::size_t k = 0; k < answers.labels; ++k) {
    logits[k] = answers.logits[i * answers.labels + k] + share * rarity[k];
  }
  return logits;
}

/// Accuracy plus macro-F1 over the labels that occur.
double merit(const HeadAnswers& answers, std::span<const double> rarity, double share) {
  std::vector<double> hits(answers.labels), truths(answers.labels), said(answers.labels);
  for (std::size_t i = 0; i < answers.truths.size(); ++i) {
    const auto logits = raised(answers, i, rarity, share);
    const auto top = static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
    ++said[top];
    ++truths[answers.truths[i]];
    if (top == answers.truths[i]) ++hits[top];
  }
  double f1 = 0;
  double occurring = 0;
  for (std::size_t k = 0; k < answers.labels; ++k) {
    if (truths[k] == 0) continue;
    ++occurring;
    f1 += 2 * hits[k] / (truths[k] + said[k]);
  }
  return std::reduce(hits.begin(), hits.end()) / static_cast<double>(answers.truths.size()) +
         f1 / occurring;
}

double loss(const HeadAnswers& answers, std::span<const double> rarity,
            const HeadCalibration& calibration) {
  double sum = 0;
  for (std::size_t i = 0; i < answers.truths.size(); ++i) {
    const auto logits = raised(answers, i, rarity, calibration.rarity);
    const double top = *std::ranges::max_element(logits);
    double all = 0;
    for (const double z : logits) all += std::exp((z - top) / calibration.temperature);
    sum += std::log(all) - (logits[answers.truths[i]] - top) / calibration.temperature;
  }
  return sum;
}

void fold(const HeadCalibration& calibration, std::span<const double> rarity, FoldedStep& head) {
  for (float& w : head.weight) w = static_cast<float>(w / calibration.temperature);
  auto& bias = head.bias;
  for (std::size_t k = 0; k < bias.size(); ++k) {
    // Contempt, which is not measured, is neither raised nor lowered.
    const double raise = k < rarity.size() ? calibration.rarity * rarity[k] : 0;
    bias[k] = static_cast<float>((bias[k] + raise) / calibration.temperature);
  }
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
    const double now = merit(answers, rarity, share);
    if (now > highest) {
      highest = now;
      best.rarity = share;
    }
  }
  double least = std::numeric_limits<double>::infinity();
  for (double temperature = 0.25; temperature <= 4; temperature *= 1.02) {
    const double now = loss(answers, rarity, {temperature, best.rarity});
    if (now < least) {
      least = now;
      best.temperature = temperature;
    }
  }
  return best;
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

}  // namespace harmonic::train
