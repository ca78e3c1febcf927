#include "classic/rows.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace harmonic::classic {

std::vector<std::size_t> stratified(std::span<const std::uint8_t> labels, std::size_t most) {
  std::vector<std::size_t> chosen;
  if (most == 0 || labels.size() <= most) {
    chosen.resize(labels.size());
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    return chosen;
  }
  std::map<std::uint8_t, std::vector<std::size_t>> of_label;
  for (std::size_t i = 0; i < labels.size(); ++i) of_label[labels[i]].push_back(i);
  const double share = static_cast<double>(most) / static_cast<double>(labels.size());
  for (const auto& [label, indices] : of_label) {
    const auto wanted = std::lround(share * static_cast<double>(indices.size()));
    const auto count = static_cast<std::size_t>(std::max(1L, wanted));
    for (std::size_t j = 0; j < count; ++j) chosen.push_back(indices[j * indices.size() / count]);
  }
  std::ranges::sort(chosen);
  return chosen;
}

Rows subset_of(const Rows& rows, std::size_t most) {
  Rows some;
  for (const auto i : stratified(rows.labels, most)) some.add(rows.row(i), rows.labels[i]);
  return some;
}

}  // namespace harmonic::classic
