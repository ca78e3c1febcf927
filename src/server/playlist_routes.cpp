#include "server/playlist_routes.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "base/local_time.h"
#include "server/playlist_json.h"
#include "smartlist/exchange.h"
#include "smartlist/listing.h"
#include "smartlist/nsp.h"
#include "songlist/text.h"

namespace harmonic::server {

namespace {

namespace fs = std::filesystem;
using catalog::Playlist;
using smartlist::Listed;

constexpr std::string_view kHere = "/api/playlists";

/// What playlists are worked out from, as it is now. Rules ask for every tag, of which a snapshot
/// keeps few: the songs are read from the store.
struct Shelf {
  Shelf(std::vector<catalog::Song> all, std::shared_ptr<const session::History> heard)
      : songs{std::move(all)}, history{std::move(heard)} {}

  std::vector<catalog::Song> songs;
  std::shared_ptr<const session::History> history;
  smartlist::Library library{songs, history->songs()};
  smartlist::Moment moment = now();

  static smartlist::Moment now() {
    const auto at = std::chrono::system_clock::now();
    return {at, utc_offset(at)};
  }
  [[nodiscard]] Result<Listed> list(std::span<const Playlist> all, const Playlist& one) const {
    return smartlist::listed(smartlist::Collection{all}, one, library, moment);
  }
};

Result<std::unique_ptr<const Shelf>> open_shelf(const catalog::Store& store,
                                                const session::Library& library) {
  HARMONIC_TRY(auto songs, store.songs());
  return std::make_unique<const Shelf>(std::move(songs), library.history());
}

Result<const Playlist*> find(std::span<const Playlist> all, PlaylistId id) {
  const auto found =
      std::find_if(all.begin(), all.end(), [id](const Playlist& one) { return one.id == id; });
  if (found != all.end()) return &*found;
  return fail(ErrorKind::kNotFound, "there is no playlist " + std::to_string(id.value) +
                                        "; if it was deleted, undo brings it back");
}

/// Under a name that is free: "Road", "Road 2", "Road 3".
std::string free_name(const std::string& name, std::span<const Playlist> all) {
  const auto taken = [all](const std::string& wanted) {
    return std::any_of(all.begin(), all.end(), [&](const Playlist& one) {
      return songlist::lowered(one.name) == songlist::lowered(wanted);
    });
  };
  auto free = name;
  for (std::size_t i = 2; taken(free); ++i) free = name + " " + std::to_string(i);
  return free;
}

Result<void> apply(const PlaylistWish& wish, Playlist& playlist) {
  if (wish.comment) playlist.comment = *wish.comment;
  if (wish.songs && wish.rules) {
    return fail(ErrorKind::kInvalidInput, R"(a playlist has either "songs" or "rules", not both)");
  }
  if (wish.rules) {
    if (!playlist.songs.empty()) {
      return fail(ErrorKind::kInvalidInput, "the playlist '" + playlist.name +
                                                "' has songs by hand; make a new one of rules");
    }
    HARMONIC_TRY(const auto rules, smartlist::parse_nsp(*wish.rules));
    playlist.rules = smartlist::write_nsp(rules);
  }
  if (wish.songs) {
    if (playlist.rules) {
      return fail(ErrorKind::kInvalidInput, "the playlist '" + playlist.name +
                                                "' has rules, which choose its songs; keep them as "
                                                "a list of their own to change it by hand");
    }
    playlist.songs = *wish.songs;
  }
  return {};
}

/// Puts `changed` as one change, once it is known that the first can be worked out; tells the
/// first.
Result<Response> put(catalog::Playlists& kept, const Shelf& shelf, std::span<const Playlist> all,
                     std::span<const Playlist> changed, int status) {
  auto draft = smartlist::draft_of(all, changed[0]);
  const auto at = draft.at;
  for (const auto& other : changed.subspan(1)) draft = smartlist::draft_of(draft.all, other);
  HARMONIC_TRY(const auto list, shelf.list(draft.all, draft.all[at]));
  HARMONIC_TRY(const auto ids, kept.put_playlists(changed));
  HARMONIC_TRY(const auto now, kept.playlists());
  HARMONIC_TRY(const auto* const put, find(now, ids.front()));
  return json_response(status, write_playlist({*put, list}));
}

Response sent(Result<Response> made) {
  return made ? *std::move(made) : error_response(made.error());
}

/// RFC 6266 and 8187: the name in UTF-8.
std::string attachment(const std::string& name) {
  return "attachment; filename*=UTF-8''" + songlist::url_encoded(name);
}

std::string_view media_type_of(std::string_view ending) {
  if (ending == "m3u8") return "audio/x-mpegurl; charset=utf-8";
  return ending == "xspf" ? "application/xspf+xml" : "application/json";
}

/// A value of the query, percent-decoded; empty when it is not there.
std::string decoded_value(std::string_view target, std::string_view name) {
  const auto raw = query_value(target, name);
  const auto path = raw ? decoded_path("/" + std::string{*raw}) : std::string{};
  return path.empty() ? path : path.substr(1);
}

Result<smartlist::Imported> read_file(const std::string& text, const smartlist::Origin& from,
                                      const Shelf& shelf) {
  if (smartlist::holds_rules(from.file)) return smartlist::import_rules(text, from, shelf.moment);
  HARMONIC_TRY(const auto read, smartlist::parse_playlist_file(from.file, text));
  return smartlist::import_songs(read, from, smartlist::Finder{shelf.songs}, shelf.moment);
}

}  // namespace

bool takes_long_body(std::string_view method, std::string_view target) {
  return (method == "POST" || method == "PUT") && target.starts_with(kHere);
}

Response PlaylistRoutes::answer(const Request& request, std::string_view rest) const {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  const bool posts = request.method == "POST";
  if (rest.empty()) {
    if (reads) return list();
    return posts ? make(request) : not_allowed("GET, HEAD, POST");
  }
  if (rest == "/fields")
    return reads ? json_response(200, write_fields()) : not_allowed("GET, HEAD");
  if (rest == "/count") return posts ? count(request) : not_allowed("POST");
  if (rest == "/undo") return posts ? undo(request) : not_allowed("POST");
  if (rest == "/import") return posts ? import(request) : not_allowed("POST");
  PlaylistId id;
  const auto* const end = rest.data() + rest.size();
  const auto [after, error] = std::from_chars(rest.data() + 1, end, id.value);
  if (error != std::errc{} || id.value <= 0) return no_such_address();
  return one(request, id, {after, static_cast<std::size_t>(end - after)});
}

Response PlaylistRoutes::one(const Request& request, PlaylistId id, std::string_view part) const {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (part == "/export") return reads ? write_file(request, id) : not_allowed("GET, HEAD");
  if (!part.empty()) return no_such_address();
  if (reads) return show(id);
  if (request.method == "PUT") return change(request, id);
  return request.method == "DELETE" ? remove(id) : not_allowed("GET, HEAD, PUT, DELETE");
}

Response PlaylistRoutes::list() const {
  const auto all = kept_.playlists();
  if (!all) return error_response(all.error());
  const auto shelf = open_shelf(store_, library_);
  if (!shelf) return error_response(shelf.error());
  const smartlist::Collection collection{*all};
  std::vector<Result<Listed>> lists;  // one that cannot be worked out must not hide the others
  std::vector<ToldPlaylist> told;
  lists.reserve(all->size());
  for (const auto& playlist : *all) {
    lists.push_back(smartlist::listed(collection, playlist, (*shelf)->library, (*shelf)->moment));
    told.push_back({playlist, lists.back()});
  }
  return json_response(200, write_playlists(told));
}

Response PlaylistRoutes::make(const Request& request) const {
  const auto made = [&]() -> Result<Response> {
    HARMONIC_TRY(const auto wish, read_playlist_wish(request.body));
    HARMONIC_TRY(const auto shelf, open_shelf(store_, library_));
    HARMONIC_TRY(auto playlist, smartlist::new_playlist(wish.name.value_or(""), shelf->moment));
    if (!wish.songs && !wish.rules) {
      return fail(ErrorKind::kInvalidInput,
                  R"(a new playlist needs "songs": [1, 2], or "rules": {"all": [...]})");
    }
    HARMONIC_CHECK(apply(wish, playlist));
    HARMONIC_TRY(const auto all, kept_.playlists());
    return put(kept_, *shelf, all, std::span{&playlist, 1}, 201);
  };
  return sent(made());
}

Response PlaylistRoutes::count(const Request& request) const {
  const auto counted = [&]() -> Result<Response> {
    HARMONIC_TRY(const auto wish, read_playlist_wish(request.body));
    if (!wish.rules) {
      return fail(ErrorKind::kInvalidInput, R"(counting needs "rules": {"all": [...]})");
    }
    HARMONIC_TRY(const auto all, kept_.playlists());
    Playlist playlist;
    if (wish.playlist) {
      HARMONIC_TRY(const auto* const found, find(all, *wish.playlist));
      playlist = *found;
    }
    HARMONIC_CHECK(apply({{}, {}, {}, wish.rules, {}, {}}, playlist));
    HARMONIC_TRY(const auto shelf, open_shelf(store_, library_));
    const auto draft = smartlist::draft_of(all, playlist);
    HARMONIC_TRY(const auto list, shelf->list(draft.all, draft.all[draft.at]));
    return json_response(200, write_count(list, *shelf->history));
  };
  return sent(counted());
}

Response PlaylistRoutes::undo(const Request& request) const {
  const auto wish = read_playlist_wish(request.body.empty() ? "{}" : request.body);
  if (!wish) return error_response(wish.error());
  const auto names = kept_.undo_change(wish->playlist);
  if (!names) return error_response(names.error());
  return json_response(200, write_undone(*names));
}

Response PlaylistRoutes::import(const Request& request) const {
  const auto file = fs::path{decoded_value(request.target, "file")}.filename();
  if (file.empty()) {
    return error_response(400, "an import needs the file's name in the address, ?file=road.m3u8");
  }
  const auto imported = [&]() -> Result<Response> {
    HARMONIC_TRY(const auto shelf, open_shelf(store_, library_));
    HARMONIC_TRY(auto made, read_file(request.body, {file, {}, {}}, *shelf));
    HARMONIC_TRY(const auto all, kept_.playlists());
    made.playlist.name = free_name(made.playlist.name, all);
    const auto draft = smartlist::draft_of(all, made.playlist);
    HARMONIC_TRY(const auto list, shelf->list(draft.all, draft.all[draft.at]));
    HARMONIC_TRY(const auto ids, kept_.put_playlists(std::span{&made.playlist, 1}));
    return json_response(201, write_imported(made, ids.front(), list));
  };
  return sent(imported());
}

Response PlaylistRoutes::show(PlaylistId id) const {
  const auto shown = [&]() -> Result<Response> {
    HARMONIC_TRY(const auto all, kept_.playlists());
    HARMONIC_TRY(const auto* const playlist, find(all, id));
    HARMONIC_TRY(const auto shelf, open_shelf(store_, library_));
    const auto list = shelf->list(all, *playlist);
    std::vector<std::string> missing;
    if (list) {
      HARMONIC_TRY(missing, smartlist::missing_paths(*list, shelf->library, store_));
    }
    return json_response(200, write_whole_playlist({*playlist, list}, missing, *shelf->history));
  };
  return sent(shown());
}

Response PlaylistRoutes::change(const Request& request, PlaylistId id) const {
  const auto changed = [&]() -> Result<Response> {
    HARMONIC_TRY(const auto wish, read_playlist_wish(request.body));
    if (!wish.name && !wish.comment && !wish.songs && !wish.rules) {
      return fail(ErrorKind::kInvalidInput,
                  R"(a change needs "name", "comment", "songs" or "rules")");
    }
    if (!wish.version) {
      return fail(ErrorKind::kInvalidInput,
                  R"(a change needs the "version" of the playlist that was read)");
    }
    HARMONIC_TRY(const auto all, kept_.playlists());
    HARMONIC_TRY(const auto* const found, find(all, id));
    auto playlist = *found;
    playlist.version = *wish.version;
    HARMONIC_CHECK(apply(wish, playlist));
    HARMONIC_TRY(const auto shelf, open_shelf(store_, library_));
    playlist.changed_at = shelf->moment.now;
    if (!wish.name) return put(kept_, *shelf, all, std::span{&playlist, 1}, 200);
    const auto draft = smartlist::draft_of(all, playlist);
    HARMONIC_TRY(const auto renamed,
                 smartlist::renaming(draft.all, draft.all[draft.at], *wish.name, shelf->moment));
    return put(kept_, *shelf, all, renamed, 200);
  };
  return sent(changed());
}

Response PlaylistRoutes::remove(PlaylistId id) const {
  const auto removed = [&]() -> Result<Response> {
    HARMONIC_TRY(const auto all, kept_.playlists());
    HARMONIC_TRY(const auto* const playlist, find(all, id));
    HARMONIC_CHECK(kept_.remove_playlist(id));
    return json_response(200, write_deleted(playlist->name));
  };
  return sent(removed());
}

Response PlaylistRoutes::write_file(const Request& request, PlaylistId id) const {
  const auto ending = decoded_value(request.target, "as");
  if (ending != "m3u8" && ending != "xspf" && ending != "nsp") {
    return error_response(400,
                          "an export says in its address what it is to be: ?as=m3u8, xspf or "
                          "nsp");
  }
  const auto written = [&]() -> Result<Response> {
    HARMONIC_TRY(const auto all, kept_.playlists());
    HARMONIC_TRY(const auto* const playlist, find(all, id));
    HARMONIC_TRY(const auto shelf, open_shelf(store_, library_));
    HARMONIC_TRY(const auto list, shelf->list(all, *playlist));
    const auto name = playlist->name + "." + ending;
    // Where the browser puts the file is not known, so no path is relative.
    HARMONIC_TRY(auto text, smartlist::exported("playlist." + ending, *playlist, list.songs, {}));
    return Response{200,
                    {{"Content-Type", std::string{media_type_of(ending)}},
                     {"Cache-Control", "no-store"},
                     {"Content-Disposition", attachment(name)}},
                    std::move(text)};
  };
  return sent(written());
}

}  // namespace harmonic::server
