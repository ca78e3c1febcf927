#include "tastetrial/figures.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "base/dice.h"
#include "taste/parallel.h"
#include "taste/ranking.h"

namespace harmonic::tastetrial {

namespace {

constexpr std::size_t kBlock = 32;  // listeners that are scored at once
constexpr std::size_t kLongest = 500;
constexpr std::size_t kShown = 20;  // places that coverage and novelty look at
constexpr std::size_t kSamples = 1000;

/// -log2 of the share of the listeners who play it; a song that nobody plays counts as one's.
std::vector<double> surprises_of(const taste::Plays& plays) {
  std::vector<double> players(plays.songs(), 0.0);
  for (std::size_t listener = 0; listener < plays.listeners(); ++listener) {
    for (const auto& cell : plays.row(listener)) players[cell.song] += 1.0;
  }
  for (double& count : players)
    count = -std::log2(std::max(1.0, count) / static_cast<double>(plays.listeners()));
  return players;
}

ListenerFigures figures_of(std::span<const std::uint32_t> list, std::span<const taste::Play> held,
                           const std::vector<double>& surprises) {
  const auto hits = taste::hits_of(list, held);
  const auto shown = list.first(std::min(kShown, list.size()));
  double novelty = 0.0;
  for (const auto song : shown) novelty += surprises[song];
  if (!shown.empty()) novelty /= static_cast<double>(shown.size());
  const auto count = held.size();
  return {taste::recall_at(20, hits, count),
          taste::recall_at(50, hits, count),
          taste::ndcg_at(10, hits, count),
          taste::ndcg_at(20, hits, count),
          taste::ndcg_at(100, hits, count),
          taste::average_precision_at(kLongest, hits, count),
          novelty};
}

/// Of every listener who is counted, the mean over the outcomes.
std::vector<ListenerFigures> means_of(std::span<const Outcome> outcomes) {
  std::vector<ListenerFigures> means;
  for (std::size_t listener = 0; listener < outcomes.front().listeners.size(); ++listener) {
    ListenerFigures sum{};
    double count = 0.0;
    for (const auto& outcome : outcomes) {
      const auto& figures = outcome.listeners[listener];
      if (!figures) continue;
      count += 1.0;
      for (std::size_t f = 0; f < sum.size(); ++f) sum[f] += (*figures)[f];
    }
    if (count == 0.0) continue;
    for (double& figure : sum) figure /= count;
    means.push_back(sum);
  }
  return means;
}

}  // namespace

Outcome judge(const taste::Recommender& method, const taste::Split& split, std::size_t jobs) {
  const auto surprises = surprises_of(split.learn);
  const auto songs = split.learn.songs();
  Outcome outcome;
  outcome.listeners.resize(split.learn.listeners());
  std::vector<bool> shown(songs, false);
  std::mutex showing;
  taste::for_blocks(
      split.learn.listeners(), kBlock, jobs, [&](std::size_t first, std::size_t last) {
        std::vector<float> scores((last - first) * songs);
        method.score(split.learn, {first, last - first}, scores);
        for (auto listener = first; listener < last; ++listener) {
          const auto held = split.held.row(listener);
          if (held.empty()) continue;
          const auto list =
              taste::best_unheard(std::span{scores}.subspan((listener - first) * songs, songs),
                                  split.learn.row(listener), kLongest);
          outcome.listeners[listener] = figures_of(list, held, surprises);
          const std::lock_guard lock{showing};
          for (std::size_t i = 0; i < std::min(kShown, list.size()); ++i) shown[list[i]] = true;
        }
      });
  outcome.coverage = static_cast<double>(std::count(shown.begin(), shown.end(), true)) /
                     static_cast<double>(songs);
  return outcome;
}

std::array<Interval, kFigureNames.size()> intervals_of(std::span<const Outcome> outcomes) {
  std::array<Interval, kFigureNames.size()> intervals{};
  const auto means = means_of(outcomes);
  if (means.empty()) return intervals;
  const auto count = static_cast<double>(means.size());
  std::vector<ListenerFigures> samples(kSamples);
  Dice dice{1};
  for (auto& sample : samples) {
    for (std::size_t i = 0; i < means.size(); ++i) {
      const auto& drawn = means[dice.below(means.size())];
      for (std::size_t f = 0; f < sample.size(); ++f) sample[f] += drawn[f] / count;
    }
  }
  for (std::size_t f = 0; f < intervals.size(); ++f) {
    for (const auto& figures : means) intervals[f].mean += figures[f] / count;
    std::sort(samples.begin(), samples.end(),
              [f](const auto& a, const auto& b) { return a[f] < b[f]; });
    intervals[f].low = samples[kSamples / 40][f];
    intervals[f].high = samples[kSamples - 1 - kSamples / 40][f];
  }
  return intervals;
}

}  // namespace harmonic::tastetrial
