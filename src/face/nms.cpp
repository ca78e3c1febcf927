#include "face/nms.h"

#include <algorithm>

namespace harmonic::face {

namespace {

using image::Box;
using image::Point;

void add(Point& sum, const Point& point, float weight) {
  sum.x += point.x * weight;
  sum.y += point.y * weight;
}

void add(KeyPoints& sum, const KeyPoints& points, float weight) {
  add(sum.right_eye, points.right_eye, weight);
  add(sum.left_eye, points.left_eye, weight);
  add(sum.nose, points.nose, weight);
  add(sum.mouth, points.mouth, weight);
  add(sum.right_ear, points.right_ear, weight);
  add(sum.left_ear, points.left_ear, weight);
}

void add(Box& sum, const Box& box, float weight) {
  sum.x += box.x * weight;
  sum.y += box.y * weight;
  sum.width += box.width * weight;
  sum.height += box.height * weight;
}

Detection mean_of(const std::vector<Detection>& group) {
  float total = 0;
  for (const Detection& one : group) total += one.confidence;
  Detection mean{{}, group.front().confidence, std::nullopt};
  const bool with_points =
      std::all_of(group.begin(), group.end(), [](const auto& one) { return one.points; });
  if (with_points) mean.points.emplace();
  for (const Detection& one : group) {
    const float weight = one.confidence / total;
    add(mean.box, one.box, weight);
    if (with_points) add(*mean.points, *one.points, weight);
  }
  return mean;
}

}  // namespace

float overlap(const Box& a, const Box& b) {
  const float width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  const float height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const float both = width * height;
  return both / (a.width * a.height + b.width * b.height - both);
}

std::vector<Detection> blend(std::vector<Detection> finds, float least) {
  std::stable_sort(finds.begin(), finds.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  std::vector<Detection> blended;
  while (!finds.empty()) {
    const Box best = finds.front().box;
    const auto rest = std::stable_partition(
        finds.begin() + 1, finds.end(),
        [&](const Detection& other) { return overlap(best, other.box) > least; });
    blended.push_back(mean_of({finds.begin(), rest}));
    finds.erase(finds.begin(), rest);
  }
  return blended;
}

void sort_by_size(std::vector<Detection>& finds) {
  std::stable_sort(finds.begin(), finds.end(), [](const auto& a, const auto& b) {
    return a.box.width * a.box.height > b.box.width * b.box.height;
  });
}

}  // namespace harmonic::face
