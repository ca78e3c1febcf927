// recommend/snapshot.h - the library as points in one space, frozen.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "catalog/song_source.h"
#include "recommend/mood_grid.h"
#include "recommend/song_table.h"
#include "similar/vector_index.h"

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

class Analyses;

/// Songs as unit vectors. Immutable; make a new one when Store::songs_revision() has changed.
class Snapshot {
 public:
  Snapshot() = default;

  /// Features become directions (sound_space.h), clipped at kFarthest deviations. Only songs of the
  /// commonest analysis (analyses.h) have a sound; the others are compared by mood alone. Goes
  /// through the songs three times and holds what is kept of them and no more.
  /// Errors  those of the source.
  [[nodiscard]] static Result<Snapshot> read(const catalog::SongSource& source,
                                             std::int64_t revision = 0);
  /// The same of songs that are held, by their index.
  [[nodiscard]] static Snapshot build(const std::vector<catalog::Song>& songs,
                                      std::int64_t revision = 0);

  static constexpr float kFarthest = 4.0F;

  [[nodiscard]] std::int64_t revision() const { return revision_; }
  [[nodiscard]] std::size_t size() const { return songs_.size(); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  /// Its texts live as long as the snapshot.
  [[nodiscard]] catalog::SongView song(std::size_t index) const { return songs_.at(index); }
  [[nodiscard]] std::optional<std::size_t> index_of(SongId id) const {
    std::size_t anywhere = by_id_.size() / 2;
    return index_of(id, anywhere);
  }
  /// The same, found the sooner the nearer the one before was: `near`, which begins at 0, keeps its
  /// place.
  [[nodiscard]] std::optional<std::size_t> index_of(SongId id, std::size_t& near) const;

  /// False where nothing was measured yet: such a song is never "near", and never ranked.
  [[nodiscard]] bool measured(std::size_t index) const { return moods_[index][2] > 0.0F; }
  // Single facts of song(), for loops.
  [[nodiscard]] SongId id(std::size_t index) const { return songs_.id(index); }
  [[nodiscard]] std::optional<ValenceArousal> mood(std::size_t index) const {
    return songs_.mood(index);
  }
  [[nodiscard]] std::chrono::milliseconds duration(std::size_t index) const {
    return songs_.duration(index);
  }
  [[nodiscard]] std::optional<Tempo> tempo(std::size_t index) const { return songs_.tempo(index); }
  [[nodiscard]] std::optional<float> loudness_lufs(std::size_t index) const {
    return songs_.loudness_lufs(index);
  }
  /// A number of the sign of the song's valence; the song must be measured.
  [[nodiscard]] float valence_side(std::size_t index) const { return moods_[index][0]; }
  /// Equal numbers: the same artist, letter case and outer spaces aside. All without a name share
  /// one.
  [[nodiscard]] std::uint32_t artist(std::size_t index) const { return artists_[index]; }
  [[nodiscard]] std::size_t artist_count() const { return artist_names_.size(); }
  [[nodiscard]] std::optional<std::uint32_t> artist_named(std::string_view name) const;

  /// As artist(), for albums of one artist or album artist; a song without an album is on one of
  /// its own.
  [[nodiscard]] std::uint32_t album(std::size_t index) const { return albums_[index]; }

  /// 0 when no song has a sound.
  [[nodiscard]] std::size_t dimensions() const { return sounds_ ? sounds_->dimensions() : 0; }
  /// f32 [dimensions()], the leading component first, length 1; all zeros where the song has no
  /// sound.
  [[nodiscard]] std::span<const float> sound(std::size_t index) const {
    return sounds_ ? sounds_->vector(index) : std::span<const float>{};
  }
  [[nodiscard]] bool has_sound(std::size_t index) const {
    return sounds_ && sounds_->has_vector(index);
  }

  /// A bare target has a mood and no sound: it is given the sound that this library has there
  /// (MoodGrid::sound_at).
  [[nodiscard]] Direction toward(ValenceArousal target) const;

  /// Cosines in [-1, 1].
  [[nodiscard]] float mood_cosine(const Direction& direction, std::size_t index) const {
    const auto& [x, y, z] = moods_[index];
    return direction.mood[0] * x + direction.mood[1] * y + direction.mood[2] * z;
  }
  /// 0 where either sound is unknown.
  [[nodiscard]] float sound_cosine(const Direction& direction, std::size_t index) const;
  [[nodiscard]] float sound_cosine(std::size_t one, std::size_t other) const;
  /// Of all songs: out[size()]. Returns  how far any of them may be off.
  float rough_sound_cosines(const Direction& direction, std::span<float> out) const;

 private:
  [[nodiscard]] Result<void> keep_sounds(const catalog::SongSource& source,
                                         const Analyses& analyses, std::size_t comparable);
  void fill_grid();

  SongTable songs_;
  std::vector<std::array<float, 3>> moods_;  ///< zeros where not measured
  std::optional<similar::VectorIndex> sounds_;
  std::size_t vaguest_ = 0;  ///< the song whose sound its codes tell worst
  std::vector<std::uint32_t> artists_;
  std::vector<std::uint32_t> albums_;
  std::unordered_map<std::string, std::uint32_t> artist_names_;  ///< by name, as artist() compares
  MoodGrid grid_;
  std::vector<std::pair<std::int64_t, std::uint32_t>> by_id_;  ///< sorted, with the index
  std::int64_t revision_ = 0;
};

}  // namespace harmonic::recommend
