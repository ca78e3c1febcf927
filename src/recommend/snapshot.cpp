#include "recommend/snapshot.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "recommend/sound_space.h"
#include "songlist/text.h"

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

/// Equal for names that are the same but for letter case and outer white space.
std::string name_key(std::string_view name) { return songlist::lowered(songlist::trimmed(name)); }

using Numbers = std::unordered_map<std::string, std::uint32_t>;

std::uint32_t number_of(Numbers& numbers, std::string name) {
  const auto next = static_cast<std::uint32_t>(numbers.size());
  return numbers.try_emplace(std::move(name), next).first->second;
}

/// The index keeps songs without an album apart.
std::string album_key(const Song& song, std::size_t index) {
  const auto& tags = song.tags;
  if (tags.album.empty()) return "\n" + std::to_string(index);
  return name_key(tags.album) + "\n" +
         name_key(tags.album_artist.empty() ? tags.artist : tags.album_artist);
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
  Numbers albums;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const auto& sound = songs[i].sound;
    if (sound.mood && analysis && Analysis{sound.vector.size(), sound.version} == *analysis)
      raw[i] = sound.vector;
    made.moods_.push_back(on_sphere(sound.mood.value_or(ValenceArousal{})));
    made.artists_.push_back(number_of(made.artist_names_, name_key(songs[i].tags.artist)));
    made.albums_.push_back(number_of(albums, album_key(songs[i], i)));
    made.index_.try_emplace(songs[i].id, i);
  }
  auto space = sound_space(raw, kFarthest);
  made.dimensions_ = space.dimensions;
  made.sounds_ = std::move(space.rows);
  for (Song& song : songs) std::vector<float>{}.swap(song.sound.vector);
  made.songs_ = std::move(songs);
  made.fill_grid();
  return made;
}

void Snapshot::fill_grid() {
  grid_ = MoodGrid{dimensions_};
  for (std::size_t i = 0; i < size(); ++i) {
    if (has_sound(i)) grid_.add(*songs_[i].sound.mood, sound(i));
  }
}

std::optional<std::size_t> Snapshot::index_of(SongId id) const {
  const auto found = index_.find(id);
  if (found == index_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::uint32_t> Snapshot::artist_named(std::string_view name) const {
  const auto found = artist_names_.find(name_key(name));
  if (found == artist_names_.end()) return std::nullopt;
  return found->second;
}

bool Snapshot::has_sound(std::size_t index) const {
  const auto values = sound(index);
  return std::any_of(values.begin(), values.end(), [](float value) { return value != 0.0F; });
}

Direction Snapshot::toward(ValenceArousal target) const {
  return {on_sphere(target), grid_.sound_at(target)};
}

float Snapshot::mood_cosine(const Direction& direction, std::size_t index) const {
  const auto& [x, y, z] = moods_[index];
  return direction.mood[0] * x + direction.mood[1] * y + direction.mood[2] * z;
}

float Snapshot::sound_cosine(const Direction& direction, std::size_t index) const {
  return dot(direction.sound, sound(index));
}

float Snapshot::sound_cosine(std::size_t one, std::size_t other) const {
  return dot(sound(one), sound(other));
}

}  // namespace harmonic::recommend
