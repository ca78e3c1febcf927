// catalog/song_source.h - the songs of one moment, gone through one by one: who makes something
// small of all of them need not hold them.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "catalog/song_view.h"

namespace harmonic::catalog {

/// A song that is gone past: everything lasts until the next.
struct PassingSong {
  SongView view;
  std::string_view album_artist;
  int analysis_version = 0;       ///< SoundProfile::version
  std::span<const float> vector;  ///< SoundProfile::vector
};

/// Each call goes through the same songs in the same order, whatever others write meanwhile.
/// Errors  those of the store.
class SongSource {
 public:
  SongSource() = default;
  SongSource(const SongSource&) = delete;
  SongSource& operator=(const SongSource&) = delete;
  virtual ~SongSource() = default;

  [[nodiscard]] virtual Result<void> each_song(
      const std::function<void(const PassingSong&)>& take) const = 0;
  /// Only PassingSong::vector of each.
  [[nodiscard]] virtual Result<void> each_vector(
      const std::function<void(std::span<const float>)>& take) const = 0;
};

/// Songs that are held, and outlive this. Never fails.
class HeldSongs final : public SongSource {
 public:
  explicit HeldSongs(std::span<const Song> songs) : songs_{songs} {}

  Result<void> each_song(const std::function<void(const PassingSong&)>& take) const override {
    for (const Song& song : songs_) {
      const auto stem = needed_stem(song.tags.title, song.path.native());
      take({view_of(song, stem), song.tags.album_artist, song.sound.version, song.sound.vector});
    }
    return {};
  }
  Result<void> each_vector(const std::function<void(std::span<const float>)>& take) const override {
    for (const Song& song : songs_) take(song.sound.vector);
    return {};
  }

 private:
  std::span<const Song> songs_;
};

}  // namespace harmonic::catalog
