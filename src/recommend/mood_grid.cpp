#include "recommend/mood_grid.h"

#include <algorithm>
#include <cmath>

namespace harmonic::recommend {

MoodGrid::MoodGrid(std::size_t dimensions)
    : dimensions_{dimensions}, cells_(kSide * kSide), sums_(kSide * kSide * dimensions) {}

void MoodGrid::add(ValenceArousal mood, std::span<const float> sound) {
  const auto place = [](float value) {
    const float along = (value + 1.0F) / 2.0F * static_cast<float>(kSide);
    return std::min(static_cast<std::size_t>(along), kSide - 1);
  };
  const std::size_t at = place(mood.arousal()) * kSide + place(mood.valence());
  Cell& cell = cells_[at];
  ++cell.songs;
  cell.valence += static_cast<double>(mood.valence());
  cell.arousal += static_cast<double>(mood.arousal());
  for (std::size_t i = 0; i < dimensions_; ++i) sums_[at * dimensions_ + i] += sound[i];
}

std::vector<MoodGrid::Near> MoodGrid::by_distance(ValenceArousal target) const {
  std::vector<Near> near;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const auto& [songs, valence, arousal] = cells_[i];
    if (songs == 0) continue;
    const auto count = static_cast<double>(songs);
    near.push_back(
        {i, distance(ValenceArousal::clamped(valence / count, arousal / count), target)});
  }
  std::sort(near.begin(), near.end(), [](const Near& a, const Near& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.cell < b.cell;
  });
  return near;
}

std::vector<float> MoodGrid::sound_at(ValenceArousal target) const {
  std::vector<float> sound(dimensions_);
  const auto near = by_distance(target);
  std::size_t songs = 0;
  float width = kWidestKernel;
  for (const auto& [cell, away] : near) {
    songs += cells_[cell].songs;
    if (songs < kKernelSongs) continue;
    width = std::clamp(away, kNarrowestKernel, kWidestKernel);
    break;
  }
  for (const auto& [cell, away] : near) {
    const float steps = away / width;
    if (steps > 3.0F) break;  // weighs under 1.2 %
    const float weight = std::exp(-0.5F * steps * steps);
    for (std::size_t i = 0; i < dimensions_; ++i)
      sound[i] += weight * sums_[cell * dimensions_ + i];
  }
  float squares = 0;
  for (const float value : sound) squares += value * value;
  const float length = std::sqrt(squares);
  // Sounds that cancel each other out leave rounding, and rounding is no direction.
  for (float& value : sound) value = length > 1e-6F ? value / length : 0.0F;
  return sound;
}

}  // namespace harmonic::recommend
