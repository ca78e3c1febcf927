#include "taste/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace harmonic::taste {

namespace {

bool holds(std::span<const Play> row, std::uint32_t song) {
  const auto found =
      std::lower_bound(row.begin(), row.end(), song,
                       [](const Play& cell, std::uint32_t wanted) { return cell.song < wanted; });
  return found != row.end() && found->song == song;
}

double gain_at(std::size_t place) { return 1.0 / std::log2(static_cast<double>(place) + 2.0); }

}  // namespace

std::vector<std::uint32_t> best_unheard(std::span<const float> scores,
                                        std::span<const Play> history, std::size_t most) {
  std::vector<std::uint32_t> songs;
  if (most == 0) return songs;
  const auto better = [scores](std::uint32_t a, std::uint32_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
  };
  const auto keep_most = [&] {
    const auto last = songs.begin() + static_cast<std::ptrdiff_t>(most - 1);
    std::nth_element(songs.begin(), last, songs.end(), better);
    songs.resize(most);
    return scores[songs.back()];
  };
  // Once there are enough, only what is better than the worst of them: of equal ones the first
  // stays.
  songs.reserve(2 * most);
  float bar = -std::numeric_limits<float>::infinity();
  auto heard = history.begin();
  for (std::uint32_t song = 0; song < scores.size(); ++song) {
    if (heard != history.end() && heard->song == song) {
      ++heard;
      continue;
    }
    if (songs.size() >= most && !(scores[song] > bar)) continue;
    songs.push_back(song);
    if (songs.size() == 2 * most) bar = keep_most();
  }
  if (songs.size() > most) keep_most();
  std::sort(songs.begin(), songs.end(), better);
  return songs;
}

std::vector<bool> hits_of(std::span<const std::uint32_t> list, std::span<const Play> held) {
  std::vector<bool> hits;
  hits.reserve(list.size());
  for (const auto song : list) hits.push_back(holds(held, song));
  return hits;
}

double recall_at(std::size_t most, const std::vector<bool>& hits, std::size_t held) {
  const auto end = hits.begin() + static_cast<std::ptrdiff_t>(std::min(most, hits.size()));
  return static_cast<double>(std::count(hits.begin(), end, true)) / static_cast<double>(held);
}

double ndcg_at(std::size_t most, const std::vector<bool>& hits, std::size_t held) {
  double gained = 0.0;
  for (std::size_t place = 0; place < std::min(most, hits.size()); ++place) {
    if (hits[place]) gained += gain_at(place);
  }
  double best = 0.0;
  for (std::size_t place = 0; place < std::min(most, held); ++place) best += gain_at(place);
  return gained / best;
}

double average_precision_at(std::size_t most, const std::vector<bool>& hits, std::size_t held) {
  double sum = 0.0;
  double found = 0.0;
  for (std::size_t place = 0; place < std::min(most, hits.size()); ++place) {
    if (hits[place]) sum += ++found / static_cast<double>(place + 1);
  }
  return sum / static_cast<double>(std::min(most, held));
}

}  // namespace harmonic::taste
