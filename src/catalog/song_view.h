// catalog/song_view.h - what everything that chooses, compares or shows many songs asks of one.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "catalog/song.h"

namespace harmonic::catalog {

/// A song without what only its own page shows. The texts belong to whoever gave the view, and last
/// as long as that says.
struct SongView {
  SongId id;
  std::string_view title;  ///< as the other texts: what a tag says, empty where none does
  std::string_view stem;   ///< the file's name without its ending; may be empty beside a title
  std::string_view artist;
  std::string_view album;
  std::string_view genre;
  std::string_view container;
  std::chrono::milliseconds duration{0};
  std::optional<ContentKey> content;
  std::optional<ValenceArousal> mood;
  std::optional<Tempo> tempo;
  std::optional<Key> key;
  std::optional<float> loudness_lufs;

  [[nodiscard]] std::string shown_title() const {
    return std::string{title.empty() ? stem : title};
  }
  /// The artist, or "Unknown artist".
  [[nodiscard]] std::string shown_artist() const {
    return std::string{artist.empty() ? "Unknown artist" : artist};
  }
};

/// The file's name without its ending, where there is no title.
[[nodiscard]] inline std::string needed_stem(std::string_view title, std::string_view path) {
  return title.empty() ? std::filesystem::path{path}.stem().string() : std::string{};
}

/// `stem` is needed_stem(); the texts are the song's and the stem's.
[[nodiscard]] inline SongView view_of(const Song& song, std::string_view stem) {
  const auto& [id, path, stamp, content, container, duration, tags, sound] = song;
  return {id,       tags.title, stem,       tags.artist, tags.album, tags.genre,         container,
          duration, content,    sound.mood, sound.tempo, sound.key,  sound.loudness_lufs};
}

}  // namespace harmonic::catalog
