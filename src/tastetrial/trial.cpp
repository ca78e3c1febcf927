#include "tastetrial/trial.h"

#include <chrono>
#include <ctime>
#include <utility>

namespace harmonic::tastetrial {

namespace {

using taste::Plays;
using taste::RecommenderPtr;

/// `ease` and `neighbours` are the plain ones of the literature; what tuning gives is in `ours`.
struct Method {
  const char* name;
  std::function<Result<RecommenderPtr>(const Plays&)> learn;
};

constexpr float kPlainRidge = 100.0F;

std::vector<Method> methods_of(std::uint64_t seed, std::size_t jobs,
                               std::vector<taste::Share>& shares) {
  return {{"popularity",
           [](const Plays& p) -> Result<RecommenderPtr> { return taste::learn_popularity(p); }},
          {"random",
           [seed](const Plays&) -> Result<RecommenderPtr> { return taste::make_random(seed); }},
          {"neighbours",
           [jobs](const Plays& p) -> Result<RecommenderPtr> {
             return taste::learn_neighbours(p, taste::tuned_near_neighbours(), jobs);
           }},
          {"ease",
           [jobs](const Plays& p) { return taste::learn_ease(p, {.ridge = kPlainRidge}, jobs); }},
          {"ials",
           [seed, jobs](const Plays& p) -> Result<RecommenderPtr> {
             auto plan = taste::tuned_ials();
             plan.seed = seed;
             return taste::learn_ials(p, plan, jobs);
           }},
          {"ours", [seed, jobs, &shares](const Plays& p) -> Result<RecommenderPtr> {
             HARMONIC_TRY(auto blend, taste::learn_blend(p, seed, jobs));
             shares = std::move(blend.shares);
             return std::move(blend.recommender);
           }}};
}

/// On the wall and of all threads.
struct Clocks {
  std::chrono::steady_clock::time_point wall = std::chrono::steady_clock::now();
  std::clock_t cpu = std::clock();

  void add_to(MethodFigures& method, double share) const {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - wall;
    method.learning_seconds += passed.count() * share;
    method.learning_cpu_seconds +=
        static_cast<double>(std::clock() - cpu) / static_cast<double>(CLOCKS_PER_SEC) * share;
  }
};

}  // namespace

Result<SetFigures> measure(const TasteSet& set, std::size_t seeds, std::size_t jobs,
                           const OnStep& on_step) {
  const auto splits = set.published ? 1 : seeds;
  SetFigures figures{
      set.name, set.plays.listeners(), set.plays.songs(), set.plays.size(), 0, splits, {}, {}};
  std::vector<std::vector<Outcome>> outcomes;
  for (std::size_t seed = 1; seed <= splits; ++seed) {
    const auto split =
        set.published ? *set.published : taste::split_by_listener(set.plays, kPart, seed);
    const auto methods = methods_of(seed, jobs, figures.shares);
    figures.methods.resize(methods.size());
    outcomes.resize(methods.size());
    for (std::size_t m = 0; m < methods.size(); ++m) {
      if (on_step)
        on_step(methods[m].name, (seed - 1) * methods.size() + m, splits * methods.size());
      auto& method = figures.methods[m];
      method.method = methods[m].name;
      const Clocks clocks;
      HARMONIC_TRY(const auto learned, methods[m].learn(split.learn));
      clocks.add_to(method, 1.0 / static_cast<double>(splits));
      outcomes[m].push_back(judge(*learned, split, jobs));
      method.coverage += outcomes[m].back().coverage / static_cast<double>(splits);
    }
  }
  if (on_step) on_step("all", splits * outcomes.size(), splits * outcomes.size());
  for (std::size_t m = 0; m < outcomes.size(); ++m)
    figures.methods[m].figures = intervals_of(outcomes[m]);
  for (const auto& listener : outcomes.front().front().listeners)
    figures.counted += listener ? 1 : 0;
  return figures;
}

}  // namespace harmonic::tastetrial
