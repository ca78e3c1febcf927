#include "taste/neighbours.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "taste/parallel.h"

namespace harmonic::taste {

namespace {

constexpr std::size_t kBlock = 64;  // songs that a thread takes at once

using Near = std::vector<Play>;  // songs and, in the place of counts, similarities

class Neighbours : public Recommender {
 public:
  /// `towards[i]`: the songs j that i speaks for.
  Neighbours(Plays towards, const Weighting& weighting)
      : towards_{std::move(towards)}, weighting_{weighting} {}

  void score(const Plays& histories, Rows rows, std::span<float> scores) const override {
    std::fill(scores.begin(), scores.end(), 0.0F);
    const auto songs = towards_.songs();
    for (std::size_t i = 0; i < rows.count; ++i) {
      const auto to = scores.subspan(i * songs, songs);
      const auto row = histories.row(rows.first + i);
      const auto weights = weights_of(row, weighting_);
      for (std::size_t at = 0; at < row.size(); ++at) {
        for (const auto& near : towards_.row(row[at].song))
          to[near.song] += weights[at] * near.count;
      }
    }
  }

 private:
  Plays towards_;
  Weighting weighting_;
};

class Learner {
 public:
  Learner(const Plays& plays, const NeighbourPlan& plan)
      : plan_{plan}, rows_{weighed(plays, plan.weighting)}, columns_{rows_.transposed()} {
    length_from_.reserve(columns_.listeners());
    length_to_.reserve(columns_.listeners());
    for (std::size_t song = 0; song < columns_.listeners(); ++song) {
      float square = 0.0F;
      for (const auto& cell : columns_.row(song)) square += cell.count * cell.count;
      length_from_.push_back(std::pow(square, plan_.asymmetry));
      length_to_.push_back(std::pow(square, 1.0F - plan_.asymmetry));
    }
  }

  [[nodiscard]] Plays towards(std::size_t jobs) const {
    const auto songs = rows_.songs();
    std::vector<Near> near(songs);
    for_blocks(songs, kBlock, jobs, [&](std::size_t first, std::size_t last) {
      std::vector<float> dots(songs, 0.0F);
      for (auto song = first; song < last; ++song) near[song] = nearest(song, dots);
    });
    std::vector<Triplet> cells;
    std::size_t count = 0;
    for (const auto& list : near) count += list.size();
    cells.reserve(count);
    for (std::uint32_t song = 0; song < songs; ++song) {
      for (const auto& other : near[song]) cells.push_back({other.song, song, other.count});
    }
    return {songs, songs, cells};
  }

 private:
  /// The songs that speak for `song`. `dots` is all zeros and is left so.
  Near nearest(std::size_t song, std::vector<float>& dots) const {
    Near near;
    for (const auto& listener : columns_.row(song)) {
      for (const auto& cell : rows_.row(listener.song)) {
        if (dots[cell.song] == 0.0F) near.push_back({cell.song, 0.0F});
        dots[cell.song] += listener.count * cell.count;
      }
    }
    for (auto& other : near) {
      other.count = similarity(dots[other.song], other.song, song);
      dots[other.song] = 0.0F;
    }
    std::erase_if(near, [song](const Play& other) { return other.song == song; });
    if (plan_.most > 0 && near.size() > plan_.most) keep_most(near);
    return near;
  }
  void keep_most(Near& near) const {
    const auto nearer = [](const Play& a, const Play& b) {
      return a.count != b.count ? a.count > b.count : a.song < b.song;
    };
    const auto end = near.begin() + static_cast<std::ptrdiff_t>(plan_.most);
    std::nth_element(near.begin(), end, near.end(), nearer);
    near.erase(end, near.end());
  }
  [[nodiscard]] float similarity(float dot, std::size_t from, std::size_t to) const {
    const float plain = dot / (length_from_[from] * length_to_[to] + plan_.shrink);
    return plan_.locality == 1.0F ? plain : std::pow(plain, plan_.locality);
  }

  const NeighbourPlan& plan_;
  Plays rows_;
  Plays columns_;
  // Of each song's column the square to the power of `asymmetry`, and to that of the rest.
  std::vector<float> length_from_;
  std::vector<float> length_to_;
};

}  // namespace

RecommenderPtr learn_neighbours(const Plays& plays, const NeighbourPlan& plan, std::size_t jobs) {
  return std::make_unique<Neighbours>(Learner{plays, plan}.towards(jobs), plan.weighting);
}

}  // namespace harmonic::taste
