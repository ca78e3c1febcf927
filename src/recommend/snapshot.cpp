#include "recommend/snapshot.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "recommend/analyses.h"
#include "recommend/sound_space.h"
#include "similar/query.h"
#include "songlist/text.h"

namespace harmonic::recommend {

namespace {

/// Equal for names that are the same but for letter case and outer white space.
std::string name_key(std::string_view name) { return songlist::lowered(songlist::trimmed(name)); }

using Numbers = std::unordered_map<std::string, std::uint32_t>;

std::uint32_t number_of(Numbers& numbers, std::string name) {
  const auto next = static_cast<std::uint32_t>(numbers.size());
  return numbers.try_emplace(std::move(name), next).first->second;
}

/// Numbers of albums: of one name and artist the same, of a song without an album one of its own.
class Albums {
 public:
  std::uint32_t number_of(const catalog::PassingSong& song) {
    const auto& view = song.view;
    if (view.album.empty()) return next_++;
    auto key = name_key(view.album) + "\n" +
               name_key(song.album_artist.empty() ? view.artist : song.album_artist);
    const auto [found, is_new] = numbers_.try_emplace(std::move(key), next_);
    if (is_new) ++next_;
    return found->second;
  }

 private:
  Numbers numbers_;
  std::uint32_t next_ = 0;
};

/// The place of the first id that is not before `id`, looked for outwards from `near`.
template <typename Sorted>
std::size_t place_of(const Sorted& sorted, std::int64_t id, std::size_t near) {
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
                       [](const auto& one, std::int64_t other) { return one.first < other; }) -
      begin);
}

}  // namespace

std::array<float, 3> on_sphere(ValenceArousal mood) {
  const float radius = std::hypot(mood.valence(), mood.arousal());
  if (radius == 0.0F) return {0, 0, 1};
  const float along = std::sin(radius) / radius;
  return {along * mood.valence(), along * mood.arousal(), std::cos(radius)};
}

Snapshot Snapshot::build(const std::vector<catalog::Song>& songs, std::int64_t revision) {
  return read(catalog::HeldSongs{songs}, revision).value();  // fails for want of memory only
}

Result<Snapshot> Snapshot::read(const catalog::SongSource& source, std::int64_t revision) {
  Snapshot made;
  made.revision_ = revision;
  Analyses analyses;
  {
    Albums albums;
    HARMONIC_CHECK(source.each_song([&](const catalog::PassingSong& song) {
      const auto& view = song.view;
      made.by_id_.emplace_back(view.id.value, static_cast<std::uint32_t>(made.size()));
      made.songs_.add(view);
      made.moods_.push_back(view.mood ? on_sphere(*view.mood) : std::array<float, 3>{});
      made.artists_.push_back(number_of(made.artist_names_, name_key(view.artist)));
      made.albums_.push_back(albums.number_of(song));
      analyses.take(song);
    }));
  }
  made.songs_.close();
  made.moods_.shrink_to_fit();
  made.artists_.shrink_to_fit();
  made.albums_.shrink_to_fit();
  made.by_id_.shrink_to_fit();
  std::sort(made.by_id_.begin(), made.by_id_.end());
  const auto comparable = analyses.choose();
  HARMONIC_CHECK(made.keep_sounds(source, analyses, comparable));
  made.fill_grid();
  return made;
}

Result<void> Snapshot::keep_sounds(const catalog::SongSource& source, const Analyses& analyses,
                                   std::size_t comparable) {
  const SoundSpace::Pass pass = [&](const auto& take) {
    std::size_t index = 0;
    return source.each_vector([&](std::span<const float> raw) {
      take(analyses.comparable(index++) ? raw : std::span<const float>{});
    });
  };
  HARMONIC_TRY(const auto space,
               SoundSpace::learn({analyses.features(), kFarthest}, comparable, pass));
  if (space.dimensions() == 0) return {};
  HARMONIC_TRY(auto index, similar::VectorIndex::Maker::begin(size(), space.dimensions()));
  Result<void> refused;
  HARMONIC_CHECK(space.project(pass, [&](std::size_t row, std::span<const float> unit) {
    if (auto put = index.put(row, unit); !put) refused = std::move(put);
  }));
  HARMONIC_CHECK(refused);
  sounds_ = std::move(index).finish();
  const auto vague = [&](std::size_t row) { return sounds_->residual(row); };
  for (std::size_t row = 1; row < sounds_->size(); ++row) {
    if (vague(row) > vague(vaguest_)) vaguest_ = row;
  }
  return {};
}

void Snapshot::fill_grid() {
  grid_ = MoodGrid{dimensions()};
  for (std::size_t i = 0; i < size(); ++i) {
    if (has_sound(i)) grid_.add(*mood(i), sound(i));
  }
}

std::optional<std::size_t> Snapshot::index_of(SongId id, std::size_t& near) const {
  near = place_of(by_id_, id.value, near);
  if (near == by_id_.size() || by_id_[near].first != id.value) return std::nullopt;
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
