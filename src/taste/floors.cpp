// The two floors: popularity and chance.
#include <algorithm>
#include <vector>

#include "base/dice.h"
#include "taste/recommender.h"

namespace harmonic::taste {

namespace {

class Popularity : public Recommender {
 public:
  explicit Popularity(const Plays& plays) : listeners_(plays.songs(), 0.0F) {
    for (std::size_t listener = 0; listener < plays.listeners(); ++listener) {
      for (const auto& cell : plays.row(listener)) listeners_[cell.song] += 1.0F;
    }
  }
  void score(const Plays& /*histories*/, Rows rows, std::span<float> scores) const override {
    for (std::size_t i = 0; i < rows.count; ++i) {
      const auto to = scores.subspan(i * listeners_.size(), listeners_.size());
      std::copy(listeners_.begin(), listeners_.end(), to.begin());
    }
  }

 private:
  std::vector<float> listeners_;
};

class Random : public Recommender {
 public:
  explicit Random(std::uint64_t seed) : seed_{seed} {}
  void score(const Plays& histories, Rows rows, std::span<float> scores) const override {
    for (std::size_t i = 0; i < rows.count; ++i) {
      Dice dice{seed_, rows.first + i};
      for (float& to : scores.subspan(i * histories.songs(), histories.songs())) to = dice.unit();
    }
  }

 private:
  std::uint64_t seed_;
};

}  // namespace

RecommenderPtr learn_popularity(const Plays& plays) { return std::make_unique<Popularity>(plays); }

RecommenderPtr make_random(std::uint64_t seed) { return std::make_unique<Random>(seed); }

}  // namespace harmonic::taste
