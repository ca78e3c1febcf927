#include "recommend/snapshot.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <new>
#include <string>
#include <utility>

#include "recommend/sound_space.h"
#include "similar/query.h"
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

/// The place of the first id that is not before `id`, looked for outwards from `near`.
template <typename Sorted>
std::size_t place_of(const Sorted& sorted, SongId id, std::size_t near) {
  std::size_t low = std::min(near, sorted.size());
  std::size_t high = low;
  for (std::size_t step = 1; low > 0 && !(sorted[low - 1].first < id); step *= 2)
    low -= std::min(low, step);
  for (std::size_t step = 1; high < sorted.size() && sorted[high].first < id; step *= 2)
    high += std::min(sorted.size() - high, step);
  const auto begin = sorted.begin();
  using Step = typename Sorted::difference_type;
  return static_cast<std::size_t>(
      std::lower_bound(begin + static_cast<Step>(low), begin + static_cast<Step>(high), id,
                       [](const auto& one, SongId other) { return one.first < other; }) -
      begin);
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
    made.moods_.push_back(sound.mood ? on_sphere(*sound.mood) : std::array<float, 3>{});
    made.artists_.push_back(number_of(made.artist_names_, name_key(songs[i].tags.artist)));
    made.albums_.push_back(number_of(albums, album_key(songs[i], i)));
    made.by_id_.emplace_back(songs[i].id, static_cast<std::uint32_t>(i));
  }
  std::sort(made.by_id_.begin(), made.by_id_.end());
  made.keep_sounds(raw);
  for (Song& song : songs) std::vector<float>{}.swap(song.sound.vector);
  made.songs_ = std::move(songs);
  made.grid_ = MoodGrid{made.dimensions()};
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (made.has_sound(i)) made.grid_.add(*made.songs_[i].sound.mood, made.sound(i));
  }
  return made;
}

void Snapshot::keep_sounds(std::span<const std::span<const float>> raw) {
  const auto space = sound_space(raw, kFarthest);
  if (space.dimensions == 0) return;
  auto index = similar::VectorIndex::build(space.rows, space.dimensions);
  if (!index) throw std::bad_alloc{};  // rows of length 1 are refused for want of memory only
  sounds_ = std::move(*index);
  const auto vague = [&](std::size_t row) { return sounds_->residual(row); };
  for (std::size_t row = 1; row < sounds_->size(); ++row) {
    if (vague(row) > vague(vaguest_)) vaguest_ = row;
  }
}

std::optional<std::size_t> Snapshot::index_of(SongId id, std::size_t& near) const {
  near = place_of(by_id_, id, near);
  if (near == by_id_.size() || by_id_[near].first != id) return std::nullopt;
  return by_id_[near].second;
}

std::optional<std::uint32_t> Snapshot::artist_named(std::string_view name) const {
  const auto found = artist_names_.find(name_key(name));
  if (found == artist_names_.end()) return std::nullopt;
  return found->second;
}

Direction Snapshot::toward(ValenceArousal target) const {
  return {on_sphere(target), grid_.sound_at(target)};
}

float Snapshot::sound_cosine(const Direction& direction, std::size_t index) const {
  return similar::inner_product(direction.sound, sound(index));
}

float Snapshot::sound_cosine(std::size_t one, std::size_t other) const {
  return similar::inner_product(sound(one), sound(other));
}

float Snapshot::rough_sound_cosines(const Direction& direction, std::span<float> out) const {
  std::fill(out.begin(), out.end(), 0.0F);
  if (!sounds_) return 0.0F;
  const auto query = sounds_->query(direction.sound);
  if (!query) return 0.0F;  // not of this space
  sounds_->scores(*query, out);
  return sounds_->error_bound(vaguest_, *query);
}

}  // namespace harmonic::recommend
