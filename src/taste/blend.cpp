#include "taste/blend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include "taste/parallel.h"
#include "taste/ranking.h"
#include "taste/split.h"

namespace harmonic::taste {

namespace {

constexpr std::size_t kPart = 5;           // one in so many songs is held back
constexpr std::size_t kBlock = 32;         // listeners that are scored at once
constexpr std::size_t kMostJudges = 1000;  // listeners whose held songs choose the weights
constexpr std::size_t kCandidates = 100;   // of each method
constexpr std::size_t kPlaces = 20;        // of the lists that are judged

struct Method {
  const char* name;
  std::function<Result<RecommenderPtr>(const Plays&, std::size_t jobs)> learn;
};

std::vector<Method> methods_of(std::uint64_t seed) {
  return {{"ease", [](const Plays& p, auto jobs) { return learn_ease(p, tuned_ease(), jobs); }},
          {"ials",
           [seed](const Plays& p, auto jobs) -> Result<RecommenderPtr> {
             auto plan = tuned_ials();
             plan.seed = seed;
             return learn_ials(p, plan, jobs);
           }},
          {"wide neighbours",
           [](const Plays& p, auto jobs) -> Result<RecommenderPtr> {
             return learn_neighbours(p, tuned_wide_neighbours(), jobs);
           }},
          {"near neighbours", [](const Plays& p, auto jobs) -> Result<RecommenderPtr> {
             return learn_neighbours(p, tuned_near_neighbours(), jobs);
           }}};
}

using Methods = std::vector<RecommenderPtr>;
using Weights = std::vector<float>;

Result<Methods> learn_all(const std::vector<Method>& methods, const Plays& plays,
                          std::size_t jobs) {
  Methods learned;
  learned.reserve(methods.size());
  for (const auto& method : methods) {
    HARMONIC_TRY(auto one, method.learn(plays, jobs));
    learned.push_back(std::move(one));
  }
  return learned;
}

/// In standard deviations from their mean; all 0 where they are all the same.
void standardise(std::span<float> scores) {
  double sum = 0.0;
  double squares = 0.0;
  for (const float score : scores) {
    sum += static_cast<double>(score);
    squares += static_cast<double>(score) * static_cast<double>(score);
  }
  const auto count = static_cast<double>(scores.size());
  const double mean = sum / count;
  const double variance = std::max(0.0, squares / count - mean * mean);
  const double scale = variance > 0.0 ? 1.0 / std::sqrt(variance) : 0.0;
  for (float& score : scores)
    score = static_cast<float>((static_cast<double>(score) - mean) * scale);
}

class Mixed : public Recommender {
 public:
  Mixed(Methods methods, Weights weights)
      : methods_{std::move(methods)}, weights_{std::move(weights)} {}

  void score(const Plays& histories, Rows rows, std::span<float> scores) const override {
    std::fill(scores.begin(), scores.end(), 0.0F);
    std::vector<float> one(scores.size());
    const auto songs = histories.songs();
    for (std::size_t m = 0; m < methods_.size(); ++m) {
      methods_[m]->score(histories, rows, one);
      for (std::size_t i = 0; i < rows.count; ++i)
        standardise(std::span{one}.subspan(i * songs, songs));
      for (std::size_t i = 0; i < one.size(); ++i) scores[i] += weights_[m] * one[i];
    }
  }

 private:
  Methods methods_;
  Weights weights_;
};

/// What every method says of the songs that any of them would name, and which were held back.
struct Judge {
  std::vector<std::vector<float>> said;  // [method][candidate]
  std::vector<bool> held;                // of each candidate
  std::size_t held_in_all = 0;

  [[nodiscard]] double verdict(const Weights& weights) const {
    std::vector<std::pair<float, bool>> list;
    list.reserve(held.size());
    for (std::size_t c = 0; c < held.size(); ++c) {
      float score = 0.0F;
      for (std::size_t m = 0; m < said.size(); ++m) score += weights[m] * said[m][c];
      list.emplace_back(-score, held[c]);
    }
    const auto places = std::min(kPlaces, list.size());
    // Of equal scores the one that was not held comes first: no weights win by chance.
    std::partial_sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(places), list.end());
    std::vector<bool> hits;
    hits.reserve(places);
    for (std::size_t i = 0; i < places; ++i) hits.push_back(list[i].second);
    return recall_at(kPlaces, hits, held_in_all) + ndcg_at(kPlaces, hits, held_in_all);
  }
};

Judge judge_of(const std::vector<std::span<const float>>& said, std::span<const Play> history,
               std::span<const Play> held) {
  std::vector<std::uint32_t> candidates;
  for (const auto& scores : said) {
    const auto best = best_unheard(scores, history, kCandidates);
    candidates.insert(candidates.end(), best.begin(), best.end());
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  Judge judge{{}, hits_of(candidates, held), held.size()};
  for (const auto& scores : said) {
    auto& mine = judge.said.emplace_back();
    mine.reserve(candidates.size());
    for (const auto song : candidates) mine.push_back(scores[song]);
  }
  return judge;
}

std::vector<Judge> judges_of(const Methods& methods, const Split& split, std::size_t jobs) {
  const auto listeners = std::min(split.learn.listeners(), kMostJudges);
  const auto songs = split.learn.songs();
  std::vector<Judge> judges(listeners);
  for_blocks(listeners, kBlock, jobs, [&](std::size_t first, std::size_t last) {
    const Rows rows{first, last - first};
    std::vector<std::vector<float>> scores(methods.size(), std::vector<float>(rows.count * songs));
    for (std::size_t m = 0; m < methods.size(); ++m) {
      methods[m]->score(split.learn, rows, scores[m]);
      for (std::size_t i = 0; i < rows.count; ++i)
        standardise(std::span{scores[m]}.subspan(i * songs, songs));
    }
    for (auto listener = first; listener < last; ++listener) {
      const auto held = split.held.row(listener);
      if (held.empty()) continue;
      std::vector<std::span<const float>> said;
      said.reserve(methods.size());
      for (const auto& of_method : scores)
        said.push_back(std::span{of_method}.subspan((listener - first) * songs, songs));
      judges[listener] = judge_of(said, split.learn.row(listener), held);
    }
  });
  std::erase_if(judges, [](const Judge& judge) { return judge.held_in_all == 0; });
  return judges;
}

double verdict_of(const std::vector<Judge>& judges, const Weights& weights, std::size_t jobs) {
  std::vector<double> verdicts(judges.size());
  for_blocks(judges.size(), kBlock, jobs, [&](std::size_t first, std::size_t last) {
    for (auto i = first; i < last; ++i) verdicts[i] = judges[i].verdict(weights);
  });
  return std::accumulate(verdicts.begin(), verdicts.end(), 0.0);
}

/// Climbs from equal weights, one weight at a time, with smaller and smaller steps.
Weights best_weights(const std::vector<Judge>& judges, std::size_t methods, std::size_t jobs) {
  Weights best(methods, 1.0F);
  double reached = verdict_of(judges, best, jobs);
  for (const float step : {0.5F, 0.25F, 0.1F}) {
    for (bool better = true; better;) {
      better = false;
      for (std::size_t m = 0; m < methods; ++m) {
        for (const float move : {-step, step}) {
          auto tried = best;
          tried[m] = std::max(0.0F, tried[m] + move);
          const double verdict = verdict_of(judges, tried, jobs);
          if (verdict <= reached) continue;
          best = tried;
          reached = verdict;
          better = true;
        }
      }
    }
  }
  const float sum = std::accumulate(best.begin(), best.end(), 0.0F);
  for (float& weight : best) weight /= sum;
  return best;
}

}  // namespace

EasePlan tuned_ease() {
  return {.weighting = {.power = 0.2F, .levelling = 0.25F}, .ridge = 10.0F, .popular = 0.25F};
}

IalsPlan tuned_ials() {
  return {.weighting = {.power = 0.3F, .levelling = 0.0F},
          .dimensions = 192,
          .unplayed = 0.03F,
          .ridge = 0.015F,
          .spread = 1.0F,
          .epochs = 6};
}

NeighbourPlan tuned_wide_neighbours() {
  return {.weighting = {.power = 0.2F, .levelling = 0.0F}, .asymmetry = 0.5F, .shrink = 5.0F};
}

NeighbourPlan tuned_near_neighbours() {
  return {.weighting = {.power = 0.2F, .levelling = 0.25F},
          .asymmetry = 0.6F,
          .shrink = 1.0F,
          .most = 200};
}

Result<Blend> learn_blend(const Plays& plays, std::uint64_t seed, std::size_t jobs) {
  auto methods = methods_of(seed);
  const auto split = split_by_listener(plays, kPart, seed);
  Weights weights(methods.size(), 1.0F / static_cast<float>(methods.size()));
  {
    HARMONIC_TRY(const auto trial, learn_all(methods, split.learn, jobs));
    const auto judges = judges_of(trial, split, jobs);
    if (!judges.empty()) weights = best_weights(judges, methods.size(), jobs);
  }
  std::vector<Share> shares;
  shares.reserve(methods.size());
  for (std::size_t m = 0; m < methods.size(); ++m) shares.push_back({methods[m].name, weights[m]});
  // Who has no say need not learn.
  std::size_t next = 0;
  std::erase_if(methods, [&](const Method& /*method*/) { return weights[next++] == 0.0F; });
  std::erase(weights, 0.0F);
  HARMONIC_TRY(auto learned, learn_all(methods, plays, jobs));
  return Blend{std::make_unique<Mixed>(std::move(learned), std::move(weights)), std::move(shares)};
}

}  // namespace harmonic::taste
