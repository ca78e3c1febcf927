#include "smartlist/listing.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "smartlist/nsp.h"

namespace harmonic::smartlist {

using catalog::Playlist;

Result<Listed> listed(const Collection& all, const Playlist& playlist, const Library& library,
                      const Moment& moment) {
  Listed list;
  HARMONIC_TRY(list.ids, all.songs_of(playlist, library, moment));
  list.songs.reserve(list.ids.size());
  for (const auto id : list.ids) {
    const auto place = library.places().find(id);
    if (place != library.places().end()) list.songs.push_back(&library.songs()[place->second]);
  }
  return list;
}

Result<std::vector<std::string>> missing_paths(const Listed& list, const Library& library,
                                               const catalog::Store& store) {
  std::vector<std::string> missing;
  if (list.missing() == 0) return missing;
  HARMONIC_TRY(const auto files, store.missing_files());
  std::unordered_map<SongId, std::string> paths;
  for (const auto& file : files) paths.try_emplace(file.song, file.path.string());
  missing.reserve(list.missing());
  for (const auto id : list.ids) {
    if (library.places().contains(id)) continue;
    const auto path = paths.find(id);
    missing.push_back(path == paths.end() ? "song " + std::to_string(id.value) : path->second);
  }
  return missing;
}

Draft draft_of(std::span<const Playlist> kept, const Playlist& playlist) {
  Draft draft{{kept.begin(), kept.end()}, kept.size()};
  const auto same = std::find_if(draft.all.begin(), draft.all.end(),
                                 [&](const Playlist& one) { return one.id == playlist.id; });
  if (same == draft.all.end()) {
    draft.all.push_back(playlist);
  } else {
    draft.at = static_cast<std::size_t>(same - draft.all.begin());
    *same = playlist;
  }
  return draft;
}

Result<Playlist> new_playlist(std::string_view name, const Moment& moment) {
  Playlist playlist;
  HARMONIC_TRY(playlist.name, playlist_name(name));
  playlist.created_at = playlist.changed_at = moment.now;
  return playlist;
}

Result<std::vector<Playlist>> renaming(std::span<const Playlist> all, const Playlist& playlist,
                                       std::string_view new_name, const Moment& moment) {
  HARMONIC_TRY(const auto name, playlist_name(new_name));
  std::vector<Playlist> changed{playlist};
  changed[0].name = name;
  for (const auto& other : all) {
    if (!other.rules) continue;
    // Rules that cannot be read name nothing.
    const auto rules = parse_nsp(*other.rules);
    const auto now = rules ? renamed(*rules, playlist.name, name) : std::nullopt;
    if (!now) continue;
    auto& same = other.id == playlist.id ? changed[0] : changed.emplace_back(other);
    same.rules = write_nsp(*now);
  }
  for (auto& one : changed) one.changed_at = moment.now;
  return changed;
}

}  // namespace harmonic::smartlist
