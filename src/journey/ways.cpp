#include "journey/ways.h"

#include <algorithm>

namespace harmonic::journey {

Ground::Ground(std::vector<ValenceArousal> moods, std::span<const ValenceArousal> leg_ends)
    : moods_{std::move(moods)} {
  left_.reserve(leg_ends.size());
  for (const auto end : leg_ends) {
    auto& left = left_.emplace_back();
    left.reserve(moods_.size());
    for (const auto mood : moods_) left.push_back(distance(mood, end));
  }
}

std::optional<float> least_longest_step(const Ground& ground, std::span<const Layer> layers) {
  std::vector<float> longest(ground.size());
  for (std::size_t i = 0; i < ground.size(); ++i)
    longest[i] = layers.front().costs[i] < kNowhere ? 0 : kNowhere;
  for (const Layer& layer : layers.subspan(1)) {
    std::vector<float> next(ground.size(), kNowhere);
    for (std::size_t to = 0; to < ground.size(); ++to) {
      if (layer.costs[to] == kNowhere) continue;
      for (std::size_t from = 0; from < ground.size(); ++from) {
        if (longest[from] >= next[to] || !ground.leads_on(layer.leg, from, to)) continue;
        const float step = distance(ground.mood(from), ground.mood(to));
        next[to] = std::min(next[to], std::max(longest[from], step));
      }
    }
    longest = std::move(next);
  }
  const auto least = std::min_element(longest.begin(), longest.end());
  if (least == longest.end() || *least == kNowhere) return std::nullopt;
  return *least;
}

Steps::Steps(const Ground& ground, float bound, const Cost& cost)
    : size_{ground.size()}, into_(ground.legs()) {
  for (std::size_t leg = 0; leg < ground.legs(); ++leg) {
    into_[leg].resize(size_);
    for (std::size_t to = 0; to < size_; ++to) {
      for (std::size_t from = 0; from < size_; ++from) {
        if (!ground.leads_on(leg, from, to)) continue;
        if (distance(ground.mood(from), ground.mood(to)) > bound) continue;
        into_[leg][to].push_back({from, cost(from, to)});
      }
    }
  }
}

std::optional<std::vector<std::size_t>> Steps::cheapest(std::span<const Layer> layers) const {
  std::vector<float> total = layers.front().costs;
  std::vector<std::vector<std::size_t>> came_from(layers.size(), std::vector<std::size_t>(size_));
  for (std::size_t i = 1; i < layers.size(); ++i) {
    const Layer& layer = layers[i];
    std::vector<float> next(size_, kNowhere);
    for (std::size_t to = 0; to < size_; ++to) {
      if (layer.costs[to] == kNowhere) continue;
      for (const auto& [from, cost] : into_[layer.leg][to]) {
        const float sum = total[from] + cost + layer.costs[to];
        if (sum >= next[to]) continue;
        next[to] = sum;
        came_from[i][to] = from;
      }
    }
    total = std::move(next);
  }
  const auto best = std::min_element(total.begin(), total.end());
  if (best == total.end() || *best == kNowhere) return std::nullopt;
  std::vector<std::size_t> way(layers.size());
  way.back() = static_cast<std::size_t>(best - total.begin());
  for (std::size_t i = layers.size(); --i > 0;) way[i - 1] = came_from[i][way[i]];
  return way;
}

}  // namespace harmonic::journey
