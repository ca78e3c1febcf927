#include "tastetrial/households.h"

#include <numeric>
#include <optional>
#include <span>
#include <utility>

#include "base/dice.h"
#include "taste/blend.h"
#include "taste/company.h"
#include "taste/neighbours.h"
#include "tastetrial/trial.h"

namespace harmonic::tastetrial {

namespace {

using taste::Plays;

constexpr std::array<const char*, 4> kMethods{"random", "popularity", "neighbours", "company"};

std::vector<std::size_t> shuffled(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  Dice dice{seed};
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[dice.below(i)]);
  return order;
}

/// Some rows, the songs under other numbers: most songs are played by nobody of a house, and the
/// order of the data set, which tells of popularity, must not decide between them.
Plays rows_of(const Plays& all, std::span<const std::size_t> listeners,
              const std::vector<std::size_t>& numbers) {
  std::vector<taste::Triplet> cells;
  for (std::uint32_t row = 0; row < listeners.size(); ++row) {
    for (const auto& play : all.row(listeners[row]))
      cells.push_back({row, static_cast<std::uint32_t>(numbers[play.song]), play.count});
  }
  return {listeners.size(), all.songs(), cells};
}

taste::RecommenderPtr learn(std::size_t method, const Plays& plays, std::uint64_t seed) {
  if (method == 0) return taste::make_random(seed);
  if (method == 1) return taste::learn_popularity(plays);
  if (method == 2) return taste::learn_neighbours(plays, taste::tuned_near_neighbours(), 1);
  return taste::learn_company(plays);
}

}  // namespace

HouseholdFigures measure_households(const TasteSet& set, std::size_t size, std::size_t seeds) {
  const auto splits = set.published ? 1 : seeds;
  const auto listeners = set.published ? set.published->learn.listeners() : set.plays.listeners();
  HouseholdFigures made{size, 0, 0, {}};
  std::array<std::vector<Outcome>, kMethods.size()> outcomes;
  for (auto& of_method : outcomes)
    of_method.assign(splits, {std::vector<std::optional<ListenerFigures>>(listeners), 0.0});
  for (std::size_t seed = 1; seed <= splits; ++seed) {
    const auto split =
        set.published ? *set.published : taste::split_by_listener(set.plays, kPart, seed);
    const auto order = shuffled(listeners, seed);
    const auto numbers = shuffled(split.learn.songs(), seed);
    for (std::size_t first = 0; first + size <= order.size(); first += size) {
      const auto members = std::span{order}.subspan(first, size);
      const taste::Split house{rows_of(split.learn, members, numbers),
                               rows_of(split.held, members, numbers)};
      for (std::size_t m = 0; m < kMethods.size(); ++m) {
        auto judged = judge(*learn(m, house.learn, seed + first), house, 1);
        for (std::size_t i = 0; i < size; ++i)
          outcomes[m][seed - 1].listeners[members[i]] = judged.listeners[i];
      }
      ++made.households;
    }
  }
  for (std::size_t m = 0; m < kMethods.size(); ++m)
    made.methods.push_back({kMethods[m], intervals_of(outcomes[m])});
  for (const auto& listener : outcomes[0].front().listeners) made.counted += listener ? 1 : 0;
  return made;
}

}  // namespace harmonic::tastetrial
