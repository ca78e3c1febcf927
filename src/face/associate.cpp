#include "face/associate.h"

#include <algorithm>
#include <cmath>

#include "face/nms.h"

namespace harmonic::face {

namespace {

constexpr float kReach = 0.5F;        // in mean sides
constexpr float kGrowth = 3.0F;       // of the area between two looks
constexpr float kSeenBefore = 0.15F;  // worth of having been visible

std::optional<float> likeness(const Expected& known, const image::Box& found) {
  const auto& box = known.box;
  const float area = box.width * box.height, other = found.width * found.height;
  if (!(area > 0 && other > 0 && area < kGrowth * other && other < kGrowth * area)) return {};
  const float x = box.x + box.width / 2 - found.x - found.width / 2;
  const float y = box.y + box.height / 2 - found.y - found.height / 2;
  const float distance = std::hypot(x, y) / std::pow(area * other, 0.25F);
  if (!(distance < kReach)) return {};
  return overlap(box, found) - distance + (known.visible ? kSeenBefore : 0.0F);
}

}  // namespace

std::vector<std::optional<std::size_t>> associate(std::span<const Expected> known,
                                                  std::span<const Detection> found) {
  struct Pair {
    float likeness;
    std::size_t known, found;
  };
  std::vector<Pair> pairs;
  for (std::size_t k = 0; k < known.size(); ++k) {
    for (std::size_t f = 0; f < found.size(); ++f) {
      if (const auto like = likeness(known[k], found[f].box)) pairs.push_back({*like, k, f});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.likeness > b.likeness; });
  std::vector<std::optional<std::size_t>> match(found.size());
  std::vector<bool> taken(known.size());
  for (const Pair& pair : pairs) {
    if (taken[pair.known] || match[pair.found]) continue;
    taken[pair.known] = true;
    match[pair.found] = pair.known;
  }
  return match;
}

}  // namespace harmonic::face
