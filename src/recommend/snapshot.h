// recommend/snapshot.h - the library as points in one space, frozen.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/song.h"
#include "recommend/mood_grid.h"

namespace harmonic::recommend {

/// A direction: a mood on the unit sphere (`on_sphere`), and a sound as a unit vector in the
/// library's space (sound_space.h), or zeros where the sound is not known.
struct Direction {
  std::array<float, 3> mood{0, 0, 1};
  std::vector<float> sound;
};

/// The plane laid on a sphere around its neutral middle, one unit of the plane to one radian: the
/// cosine between two moods then falls with their distance, and "neutral" is a direction too.
[[nodiscard]] std::array<float, 3> on_sphere(ValenceArousal mood);

/// Songs as unit vectors. Immutable; make a new one when Store::songs_revision() has changed.
class Snapshot {
 public:
  Snapshot() = default;

  /// Features become directions (sound_space.h), clipped at kFarthest deviations. Only songs of the
  /// commonest analysis (version and length) have a sound; the others are compared by mood alone.
  /// The songs' raw feature vectors are released.
  [[nodiscard]] static Snapshot build(std::vector<catalog::Song> songs, std::int64_t revision = 0);

  static constexpr float kFarthest = 4.0F;

  [[nodiscard]] std::int64_t revision() const { return revision_; }
  [[nodiscard]] std::size_t size() const { return songs_.size(); }
  [[nodiscard]] bool empty() const { return songs_.empty(); }
  [[nodiscard]] std::span<const catalog::Song> songs() const { return songs_; }  ///< by index
  [[nodiscard]] const catalog::Song& song(std::size_t index) const { return songs_[index]; }
  [[nodiscard]] std::optional<std::size_t> index_of(SongId id) const;

  /// False where nothing was measured yet: such a song is never "near", and never ranked.
  [[nodiscard]] bool measured(std::size_t index) const {
    return songs_[index].sound.mood.has_value();
  }
  /// Equal numbers: the same artist, letter case and outer spaces aside. All without a name share
  /// one.
  [[nodiscard]] std::uint32_t artist(std::size_t index) const { return artists_[index]; }
  [[nodiscard]] std::size_t artist_count() const { return artist_names_.size(); }
  [[nodiscard]] std::optional<std::uint32_t> artist_named(std::string_view name) const;

  /// As artist(), for albums of one artist or album artist; a song without an album is on one of
  /// its own.
  [[nodiscard]] std::uint32_t album(std::size_t index) const { return albums_[index]; }

  /// 0 when no song has a sound.
  [[nodiscard]] std::size_t dimensions() const { return dimensions_; }
  /// f32 [dimensions()], the leading component first, length 1; all zeros where the song has no
  /// sound.
  [[nodiscard]] std::span<const float> sound(std::size_t index) const {
    return std::span{sounds_}.subspan(index * dimensions_, dimensions_);
  }
  [[nodiscard]] bool has_sound(std::size_t index) const;

  /// A bare target has a mood and no sound: it is given the sound that this library has there
  /// (MoodGrid::sound_at).
  [[nodiscard]] Direction toward(ValenceArousal target) const;

  /// Cosines in [-1, 1].
  [[nodiscard]] float mood_cosine(const Direction& direction, std::size_t index) const;
  /// 0 where either sound is unknown.
  [[nodiscard]] float sound_cosine(const Direction& direction, std::size_t index) const;
  [[nodiscard]] float sound_cosine(std::size_t one, std::size_t other) const;

 private:
  void fill_grid();

  std::vector<catalog::Song> songs_;
  std::vector<std::array<float, 3>> moods_;  ///< of no meaning where not measured
  std::vector<float> sounds_;                ///< [size(), dimensions_] row-major
  std::vector<std::uint32_t> artists_;
  std::vector<std::uint32_t> albums_;
  std::unordered_map<std::string, std::uint32_t> artist_names_;  ///< by name, as artist() compares
  MoodGrid grid_;
  std::unordered_map<SongId, std::size_t> index_;
  std::size_t dimensions_ = 0;
  std::int64_t revision_ = 0;
};

}  // namespace harmonic::recommend
