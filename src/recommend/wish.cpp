#include "recommend/wish.h"

#include "recommend/rank.h"
#include "recommend/traits.h"

namespace harmonic::recommend {

std::vector<float> wish_of(const Snapshot& snapshot, const bandit::Wishes& wishes,
                           ValenceArousal mood, std::uint64_t seed) {
  if (wishes.all_plays() == 0) return {};
  const auto outlook = seed == 0 ? wishes.outlook(mood) : wishes.explore(mood, seed);
  std::vector<float> wish(snapshot.size(), kNotKnown);
  for (std::size_t i = 0; i < wish.size(); ++i) {
    if (snapshot.measured(i)) wish[i] = outlook.score(traits_of(snapshot, i));
  }
  return wish;
}

}  // namespace harmonic::recommend
