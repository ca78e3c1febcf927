#include "identity/report.h"

#include <cmath>
#include <cstdint>

#include "identity/trial.h"

namespace harmonic::identity {

namespace {

constexpr std::uint32_t kDraws = 10;
constexpr std::uint32_t kThresholdDraws = 100;
constexpr std::uint32_t kThresholdSeed = 1000;  // apart from the seeds that measure

Figure figure_of(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  Figure figure;
  for (const double value : values) figure.mean += value / count;
  for (const double value : values) {
    figure.spread += (value - figure.mean) * (value - figure.mean) / (count - 1);
  }
  figure.spread = std::sqrt(figure.spread);
  return figure;
}

struct Drawn {
  Figure rank1;
  HouseholdFigures household;
};

Drawn draw(const Recogniser& recogniser, const std::vector<Listener>& people,
           const Household& household, double threshold) {
  std::vector<double> rank1, strangers, listeners;
  for (std::uint32_t seed = 0; seed < kDraws; ++seed) {
    const auto shares = shares_at(ask(recogniser, people, household, seed), threshold);
    rank1.push_back(shares.rank1);
    strangers.push_back(shares.strangers);
    listeners.push_back(shares.listeners);
  }
  return {figure_of(rank1), {figure_of(strangers), figure_of(listeners)}};
}

}  // namespace

double choose_threshold(const Recogniser& recogniser, const std::vector<Person>& people) {
  const auto features = features_of(recogniser, people);
  std::vector<Asked> all;
  for (std::uint32_t i = 0; i < kThresholdDraws; ++i) {
    const auto asked = ask(recogniser, features, {kEnrolled, 1}, kThresholdSeed + i);
    all.insert(all.end(), asked.begin(), asked.end());
  }
  return threshold_for(all, kFalseAccepts);
}

RecogniserFigures measure(const Recogniser& recogniser, double threshold,
                          const std::vector<Person>& orl, const std::vector<Person>& held_out) {
  RecogniserFigures figures;
  figures.name = recogniser.name();
  figures.threshold = threshold;
  const auto faces = features_of(recogniser, orl);
  figures.rank1 = draw(recogniser, faces, {orl.size(), 5}, threshold).rank1;
  figures.orl = draw(recogniser, faces, {kEnrolled, 5}, threshold).household;
  figures.orl_small = draw(recogniser, faces, {kSmallHouse, 5}, threshold).household;
  const auto others = features_of(recogniser, held_out);
  figures.muxspace = draw(recogniser, others, {kEnrolled, 1}, threshold).household;
  figures.equal_error_rate = equal_error_rate(recogniser, others);
  return figures;
}

}  // namespace harmonic::identity
