#include "playlist_house.h"

#include <algorithm>
#include <iostream>
#include <unordered_map>
#include <utility>

#include "base/local_time.h"
#include "base/paths.h"
#include "base/status.h"
#include "store/sqlite_playlists.h"
#include "store/sqlite_store.h"

namespace harmonic::app {

namespace {

using catalog::Playlist;
using Json = nlohmann::ordered_json;

Result<std::unordered_map<SongId, std::string>> missing_paths(const catalog::Store& store) {
  HARMONIC_TRY(const auto files, store.missing_files());
  std::unordered_map<SongId, std::string> paths;
  for (const auto& file : files) paths.try_emplace(file.song, file.path.string());
  return paths;
}

}  // namespace

Result<PlaylistHouse> open_playlist_house(const std::string& data, const std::string& listener) {
  HARMONIC_TRY(const auto folder, data_dir(data));
  if (!store::holds_library(folder)) {
    return fail(ErrorKind::kNotFound, "there is no library in " + folder.string() +
                                          "; `harmonic scan DIR` with your music folder makes it");
  }
  PlaylistHouse house;
  HARMONIC_TRY(house.store, store::open(folder));
  HARMONIC_TRY(house.kept, store::open_playlists(folder));
  HARMONIC_TRY(house.songs, house.store->songs());
  HARMONIC_TRY(const auto who, house.store->find_or_add_listener(listener));
  HARMONIC_TRY(house.history, house.store->history(who));
  HARMONIC_TRY(house.playlists, house.kept->playlists());
  house.moment.now = std::chrono::system_clock::now();
  house.moment.utc_offset = utc_offset(house.moment.now);
  return house;
}

Result<Listed> listed(const PlaylistHouse& house, const Playlist& playlist) {
  auto all = house.playlists;
  const auto same = std::find_if(all.begin(), all.end(),
                                 [&](const Playlist& one) { return one.id == playlist.id; });
  const auto at = same - all.begin();
  if (same == all.end()) {
    all.push_back(playlist);
  } else {
    *same = playlist;
  }
  const smartlist::Library library{house.songs, house.history};
  const smartlist::Collection collection{all};
  HARMONIC_TRY(const auto ids,
               collection.songs_of(all[static_cast<std::size_t>(at)], library, house.moment));
  Listed list;
  std::vector<SongId> gone;
  for (const auto id : ids) {
    const auto place = library.places().find(id);
    if (place == library.places().end()) {
      gone.push_back(id);
    } else {
      list.songs.push_back(&house.songs[place->second]);
    }
  }
  if (gone.empty()) return list;
  HARMONIC_TRY(const auto paths, missing_paths(*house.store));
  list.missing.reserve(gone.size());
  for (const auto id : gone) {
    const auto path = paths.find(id);
    list.missing.push_back(path == paths.end() ? "song " + std::to_string(id.value) : path->second);
  }
  return list;
}

Result<Playlist> playlist_named(const PlaylistHouse& house, std::string_view name) {
  HARMONIC_TRY(const auto* const found, smartlist::Collection{house.playlists}.find(name));
  return *found;
}

Result<Playlist> new_playlist(const PlaylistHouse& house, std::string_view name) {
  Playlist playlist;
  HARMONIC_TRY(playlist.name, smartlist::playlist_name(name));
  playlist.created_at = playlist.changed_at = house.moment.now;
  return playlist;
}

Json json_of(const catalog::Song& song) {
  return {{"id", song.id.value},
          {"title", song.shown_title()},
          {"artist", song.shown_artist()},
          {"path", song.path.string()},
          {"duration_ms", song.duration.count()}};
}

void print(const Json& json) {
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

int end_playlist(const Result<void>& done) {
  if (done) return kExitDone;
  std::cerr << "harmonic playlist: " << done.error().message << '\n';
  return exit_code(done.error().kind);
}

}  // namespace harmonic::app
