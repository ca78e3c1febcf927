#include "recommend/snapshot.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "recommend/standardise.h"

namespace harmonic::recommend {

namespace {

using catalog::Song;

/// Two vectors can be compared when the same analysis made them.
using Analysis = std::pair<std::size_t, int>;  // length, version

std::optional<Analysis> commonest_analysis(std::span<const Song> songs) {
  std::map<Analysis, std::size_t> counts;
  for (const Song& song : songs) {
    if (!song.sound.vector.empty()) ++counts[{song.sound.vector.size(), song.sound.version}];
  }
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == counts.end()) return std::nullopt;
  return most->first;
}

std::string artist_key(const Song& song) {
  std::string key = song.tags.artist;
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  key.erase(std::find_if_not(key.rbegin(), key.rend(), is_space).base(), key.end());
  key.erase(key.begin(), std::find_if_not(key.begin(), key.end(), is_space));
  // ASCII only: other letters keep their case, and two spellings then count as two artists.
  std::transform(key.begin(), key.end(), key.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return key;
}

float dot(std::span<const float> a, std::span<const float> b) {
  // Four running sums, so that the compiler may use a vector register without reordering a sum.
  std::array<float, 4> sums{};
  const std::size_t whole = a.size() / 4 * 4;
  for (std::size_t i = 0; i < whole; i += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  }
  for (std::size_t i = whole; i < a.size(); ++i) sums[0] += a[i] * b[i];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

float dot3(const std::array<float, 3>& a, const std::array<float, 3>& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/// The deviation of the Gaussian around a target: wide enough for the nearest few songs.
float kernel_width(std::vector<float> distances) {
  if (distances.empty()) return Snapshot::kWidestKernel;
  const auto nth = std::min(Snapshot::kKernelSongs, distances.size()) - 1;
  const auto place = distances.begin() + static_cast<std::ptrdiff_t>(nth);
  std::nth_element(distances.begin(), place, distances.end());
  return std::clamp(*place, Snapshot::kNarrowestKernel, Snapshot::kWidestKernel);
}

}  // namespace

std::array<float, 3> on_sphere(ValenceArousal mood) {
  const float radius = std::hypot(mood.valence(), mood.arousal());
  if (radius == 0.0F) return {0, 0, 1};
  const float along = std::sin(radius) / radius;
  return {along * mood.valence(), along * mood.arousal(), std::cos(radius)};
}

Snapshot Snapshot::build(std::vector<Song> songs, std::int64_t revision) {
  Snapshot made;
  made.revision_ = revision;
  const auto analysis = commonest_analysis(songs);
  std::vector<std::span<const float>> raw(songs.size());
  std::map<std::string, std::uint32_t> artists;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const auto& sound = songs[i].sound;
    if (sound.mood && analysis && Analysis{sound.vector.size(), sound.version} == *analysis)
      raw[i] = sound.vector;
    made.moods_.push_back(on_sphere(sound.mood.value_or(ValenceArousal{})));
    const auto next = static_cast<std::uint32_t>(artists.size());
    made.artists_.push_back(artists.try_emplace(artist_key(songs[i]), next).first->second);
    made.index_.try_emplace(songs[i].id, i);
  }
  made.artist_count_ = artists.size();
  auto standardised = standardise(raw, kFarthest);
  made.dimensions_ = standardised.dimensions;
  made.sounds_ = std::move(standardised.rows);
  for (Song& song : songs) std::vector<float>{}.swap(song.sound.vector);
  made.songs_ = std::move(songs);
  return made;
}

std::optional<std::size_t> Snapshot::index_of(SongId id) const {
  const auto found = index_.find(id);
  if (found == index_.end()) return std::nullopt;
  return found->second;
}

bool Snapshot::has_sound(std::size_t index) const {
  const auto values = sound(index);
  return std::any_of(values.begin(), values.end(), [](float value) { return value != 0.0F; });
}

Direction Snapshot::toward(ValenceArousal target) const {
  Direction direction{on_sphere(target), std::vector<float>(dimensions_)};
  if (dimensions_ == 0) return direction;
  std::vector<float> distances;
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < size(); ++i) {
    if (!has_sound(i)) continue;
    known.push_back(i);
    distances.push_back(distance(*songs_[i].sound.mood, target));
  }
  const float width = kernel_width(distances);
  for (std::size_t k = 0; k < known.size(); ++k) {
    const float steps = distances[k] / width;
    if (steps > 3.0F) continue;  // weighs under 1.2 %
    const float weight = std::exp(-0.5F * steps * steps);
    const auto values = sound(known[k]);
    for (std::size_t i = 0; i < dimensions_; ++i) direction.sound[i] += weight * values[i];
  }
  const float length = std::sqrt(dot(direction.sound, direction.sound));
  // Sounds that cancel each other out leave rounding, and rounding is no direction.
  for (float& value : direction.sound) value = length > 1e-6F ? value / length : 0.0F;
  return direction;
}

float Snapshot::cosine(const Direction& direction, std::size_t index) const {
  return kMoodShare * dot3(direction.mood, moods_[index]) +
         (1.0F - kMoodShare) * sound_cosine(direction, index);
}

float Snapshot::sound_cosine(const Direction& direction, std::size_t index) const {
  return dot(direction.sound, sound(index));
}

float Snapshot::sound_cosine(std::size_t one, std::size_t other) const {
  return dot(sound(one), sound(other));
}

}  // namespace harmonic::recommend
