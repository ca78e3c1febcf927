#include "taste/split.h"

#include <numeric>
#include <utility>
#include <vector>

#include "base/dice.h"

namespace harmonic::taste {

Split split_by_listener(const Plays& plays, std::size_t part, std::uint64_t seed) {
  std::vector<Triplet> learn;
  std::vector<Triplet> held;
  learn.reserve(plays.size());
  held.reserve(plays.size() / part);
  for (std::uint32_t listener = 0; listener < plays.listeners(); ++listener) {
    const auto row = plays.row(listener);
    std::vector<std::size_t> order(row.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    Dice dice{seed, listener};
    for (std::size_t i = 0; i < row.size(); ++i) {
      std::swap(order[i], order[i + dice.below(row.size() - i)]);
      const auto& cell = row[order[i]];
      (i < row.size() / part ? held : learn).push_back({listener, cell.song, cell.count});
    }
  }
  return {{plays.listeners(), plays.songs(), learn}, {plays.listeners(), plays.songs(), held}};
}

}  // namespace harmonic::taste
