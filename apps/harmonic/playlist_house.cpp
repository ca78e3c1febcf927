#include "playlist_house.h"

#include <iostream>
#include <utility>

#include "base/local_time.h"
#include "base/paths.h"
#include "base/status.h"
#include "smartlist/listing.h"
#include "store/sqlite_playlists.h"
#include "store/sqlite_store.h"

namespace harmonic::app {

using catalog::Playlist;
using Json = nlohmann::ordered_json;

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
  const auto draft = smartlist::draft_of(house.playlists, playlist);
  const smartlist::Library library{house.songs, house.history};
  HARMONIC_TRY(auto list, smartlist::listed(smartlist::Collection{draft.all}, draft.all[draft.at],
                                            library, house.moment));
  HARMONIC_TRY(auto missing, smartlist::missing_paths(list, library, *house.store));
  return Listed{std::move(list.songs), std::move(missing)};
}

Result<Playlist> playlist_named(const PlaylistHouse& house, std::string_view name) {
  HARMONIC_TRY(const auto* const found, smartlist::Collection{house.playlists}.find(name));
  return *found;
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
