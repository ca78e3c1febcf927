// apps/harmonic/playlist_house.h - what every part of `harmonic playlist` opens and says.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/playlists.h"
#include "catalog/store.h"
#include "smartlist/collection.h"

namespace harmonic::app {

/// The playlists of a data folder and the songs that they choose from, read once.
struct PlaylistHouse {
  std::unique_ptr<catalog::Store> store;
  std::unique_ptr<catalog::Playlists> kept;
  std::vector<catalog::Song> songs;
  std::vector<catalog::SongHistory> history;
  std::vector<catalog::Playlist> playlists;
  smartlist::Moment moment;
};

/// Errors  kNotFound: the folder holds no library, and asking makes none.
[[nodiscard]] Result<PlaylistHouse> open_playlist_house(const std::string& data,
                                                        const std::string& listener);

/// A playlist's songs now.
struct Listed {
  std::vector<const catalog::Song*> songs;
  std::vector<std::string> missing;  ///< where the songs stood whose files are gone
};

/// `playlist` need not be kept yet: it stands among the others in place of the one of its id.
/// Errors  those of Collection::songs_of().
[[nodiscard]] Result<Listed> listed(const PlaylistHouse& house, const catalog::Playlist& playlist);

/// The playlist as it was read, to be changed.
[[nodiscard]] Result<catalog::Playlist> playlist_named(const PlaylistHouse& house,
                                                       std::string_view name);

[[nodiscard]] nlohmann::ordered_json json_of(const catalog::Song& song);

/// One line; tags and paths may hold any bytes, the output stays valid JSON.
void print(const nlohmann::ordered_json& json);

/// What every subcommand takes; `options` outlives the command.
template <typename Options>
void add_common(CLI::App& command, Options& options) {
  command.add_option("--listener", options.listener, "whose plays and likes count")
      ->capture_default_str();
  command.add_option("--data", options.data,
                     "data folder of the library (default: ~/.local/share/harmonic)");
  command.add_flag("--json", options.json, "one JSON object on standard output");
}

/// Tells an error, if there is one, and gives the exit code.
[[nodiscard]] int end_playlist(const Result<void>& done);

}  // namespace harmonic::app
