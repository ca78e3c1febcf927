#include "recommend/shortlist.h"

#include <algorithm>

namespace harmonic::recommend {

std::vector<std::size_t> best_places(std::span<const double> keys, std::size_t count) {
  const auto before = [&](std::size_t a, std::size_t b) {
    return keys[a] != keys[b] ? keys[a] > keys[b] : a < b;
  };
  // A heap with the worst of the best on top: most songs fail one comparison with it.
  std::vector<std::size_t> best;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] <= kNotOffered) continue;
    if (best.size() < count) {
      best.push_back(i);
      std::push_heap(best.begin(), best.end(), before);
    } else if (count > 0 && keys[i] > keys[best.front()]) {
      std::pop_heap(best.begin(), best.end(), before);
      best.back() = i;
      std::push_heap(best.begin(), best.end(), before);
    }
  }
  std::sort_heap(best.begin(), best.end(), before);
  return best;
}

}  // namespace harmonic::recommend
