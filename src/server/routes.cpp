#include "server/routes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "audio/cover.h"
#include "audio/lyrics.h"
#include "base/local_time.h"
#include "base/log.h"
#include "daily/lists.h"
#include "server/answers.h"
#include "server/journey_json.h"
#include "server/playlist_routes.h"
#include "server/song_json.h"
#include "server/song_map.h"

namespace harmonic::server {

namespace {

bool reads(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

/// "/12/stream" -> 12 and "/stream".
std::optional<SongId> take_id(std::string_view& rest) {
  if (!rest.starts_with('/')) return std::nullopt;
  SongId id;
  const auto* end = rest.data() + rest.size();
  const auto [after, error] = std::from_chars(rest.data() + 1, end, id.value);
  if (error != std::errc{} || id.value <= 0) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(after - rest.data()));
  return id;
}

}  // namespace

std::optional<Response> Routes::refusal(const Request& request, bool changing) const {
  if (!sources_.names.accepts_host(request.host)) {
    return error_response(403, "this server is not called by that name; use localhost");
  }
  if (changing && !request.origin.empty() &&
      !sources_.names.accepts_origin(request.origin, request.host)) {
    return error_response(403, "a page of another site may not do this");
  }
  return std::nullopt;
}

Response Routes::answer(const Request& request) const {
  if (auto refused = refusal(request, !reads(request))) return *std::move(refused);
  const auto path = decoded_path(request.target);
  if (path.empty()) return error_response(400, "the address is malformed");
  auto response = path.starts_with("/api/") ? api(request, std::string_view{path}.substr(4))
                  : reads(request)          ? sources_.page.answer(request, path)
                                            : not_allowed("GET, HEAD");
  response.head_only = request.method == "HEAD";
  return response;
}

Response Routes::api(const Request& request, std::string_view path) const {
  if (path.starts_with("/songs/")) return song(request, path.substr(6));
  if (constexpr std::string_view kPlaylists = "/playlists";
      path == kPlaylists || path.starts_with("/playlists/")) {
    if (sources_.playlists == nullptr) return error_response(404, "there are no playlists");
    return PlaylistRoutes{*sources_.playlists, sources_.store, sources_.library}.answer(
        request, path.substr(kPlaylists.size()));
  }
  if (path == "/plays") {
    return request.method == "POST" ? add_play(request) : not_allowed("POST");
  }
  if (path == "/today") return reads(request) ? today() : not_allowed("GET, HEAD");
  if (path == "/beliefs") {
    if (reads(request)) return beliefs();
    return request.method == "POST" ? change_beliefs(request) : not_allowed("GET, HEAD, POST");
  }
  if (path == "/journey") {
    return request.method == "POST" ? journey(request) : not_allowed("POST");
  }
  if (path == "/live") return error_response(426, "this address speaks WebSocket");
  if (path != "/status" && path != "/songs" && path != "/map") return no_such_address();
  if (!reads(request)) return not_allowed("GET, HEAD");
  if (path == "/map") return map(request);
  return path == "/status" ? status() : songs(request);
}

Response Routes::song(const Request& request, std::string_view rest) const {
  const auto id = take_id(rest);
  if (!id) return no_such_address();
  if (rest == "/like") {
    if (request.method == "PUT") return like(*id, true);
    if (request.method == "DELETE") return like(*id, false);
    return not_allowed("PUT, DELETE");
  }
  constexpr std::array<std::string_view, 5> kParts{"", "/stream", "/cover", "/lyrics", "/extras"};
  if (std::find(kParts.begin(), kParts.end(), rest) == kParts.end()) return no_such_address();
  if (!reads(request)) return not_allowed("GET, HEAD");
  if (rest == "/stream") return stream(request, *id);
  if (rest == "/lyrics") return lyrics(*id);
  if (rest == "/extras") return extras(*id);
  return rest == "/cover" ? cover(request, *id) : whole_song(*id);
}

Response Routes::status() const {
  const auto library = sources_.library.songs();
  const auto scan = sources_.scanning ? sources_.scanning() : std::nullopt;
  StatusFacts facts{sources_.version, library->size(), library->revision(), sources_.detector,
                    sources_.classifier};
  if (scan) {
    facts.scanning = true;
    facts.scan_done = scan->done;
    facts.scan_total = scan->total;
  }
  return json_response(200, write_status(facts));
}

Response Routes::songs(const Request& request) const {
  const auto library = sources_.library.songs();
  const auto history = sources_.library.history();
  const auto list = query_value(request.target, "ids");
  if (!list) return json_response(200, write_songs(*library, *history));
  const auto ids = read_ids(*list);
  if (!ids) return error_response(ids.error());
  return json_response(200, write_songs(*library, *history, *ids));
}

Response Routes::map(const Request& request) const {
  auto response =
      bytes_response(request, write_map(*sources_.library.songs()), "application/octet-stream");
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  return response;
}

Response Routes::whole_song(SongId id) const {
  const auto song = sources_.store.song(id);
  if (!song) return error_response(song.error());
  return json_response(200, write_song(*song, sources_.library.history()->find(id)));
}

Response Routes::stream(const Request& request, SongId id) const {
  const auto song = sources_.store.song(id);
  if (!song) return error_response(song.error());
  auto file = File::open(song->path);
  if (!file) return error_response(file.error());
  auto response =
      file_response(request, *std::move(file), media_type_of_container(song->container));
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  return response;
}

Response Routes::cover(const Request& request, SongId id) const {
  const auto song = sources_.store.song(id);
  if (!song) return error_response(song.error());
  auto cover = audio::find_cover(song->path);
  if (!cover) return error_response(cover.error());
  if (!*cover) return error_response(404, "this song has no picture");
  const auto& bytes = (*cover)->bytes;
  auto response = bytes_response(
      request, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, (*cover)->media_type);
  response.headers.emplace_back("Cache-Control", "private, max-age=3600");
  return response;
}

Response Routes::lyrics(SongId id) const {
  const auto song = sources_.store.song(id);
  if (!song) return error_response(song.error());
  const auto lyrics = audio::find_lyrics(song->path);
  if (!lyrics) return error_response(lyrics.error());
  if (!*lyrics) return error_response(404, "this song has no lyrics");
  return json_response(200, write_lyrics(**lyrics));
}

Response Routes::extras(SongId id) const {
  const auto song = sources_.store.song(id);
  if (!song) return error_response(song.error());
  // What cannot be read is not there: the stream is what tells of a broken file.
  const auto cover = audio::find_cover(song->path);
  const auto lyrics = audio::find_lyrics(song->path);
  return json_response(
      200, write_extras(cover ? *cover : std::nullopt, lyrics ? *lyrics : std::nullopt));
}

Response Routes::like(SongId id, bool liked) const {
  if (const auto song = sources_.store.song(id); !song) return error_response(song.error());
  const auto done = sources_.store.set_liked(sources_.listener, id, liked);
  if (!done) return error_response(done.error());
  if (const auto read = sources_.library.refresh_history(); !read) {
    log::warning(read.error().message);
  }
  return json_response(200, write_liked(liked));
}

Response Routes::add_play(const Request& request) const {
  auto play = read_play(request.body);
  if (!play) return error_response(play.error());
  play->listener = sources_.listener;
  const auto id = sources_.store.add_play(*play);
  if (!id) return error_response(id.error());
  if (const auto read = sources_.library.refresh_history(); !read) {
    log::warning(read.error().message);
  }
  return json_response(201, write_play_id(*id));
}

Response Routes::today() const {
  if (sources_.daily == nullptr) return error_response(404, "there are no lists of the day");
  const auto now = std::chrono::system_clock::now();
  const auto day = daily::Day::of(now, utc_offset(now));
  const auto library = sources_.library.songs();
  const auto history = sources_.library.history();
  const auto plays = sources_.daily->plays_before(sources_.listener, day.begin());
  if (!plays) return error_response(plays.error());
  const auto lists = daily::today_of(*sources_.daily,
                                     {day, sources_.listener, *library, *plays, history->songs()});
  if (!lists) return error_response(lists.error());
  return json_response(
      200, write_today(day, daily::part_of(now, day.utc_offset), *lists, *library, *history));
}

Response Routes::beliefs() const {
  return json_response(200, write_beliefs(sources_.library.leanings()->wishes));
}

Response Routes::change_beliefs(const Request& request) const {
  const auto action = read_belief_action(request.body);
  if (!action) return error_response(action.error());
  const auto now = std::chrono::system_clock::now();
  const auto done = *action == BeliefAction::kForget
                        ? sources_.preferences.start_learning(sources_.listener, {now, ""})
                        : sources_.preferences.take_back_start(sources_.listener);
  if (!done) return error_response(done.error());
  // Here the answer speaks of what was read.
  if (const auto read = sources_.library.refresh_history(); !read)
    return error_response(read.error());
  return beliefs();
}

Response Routes::journey(const Request& request) const {
  auto asked =
      read_journey(request.body, sources_.targets ? *sources_.targets : recommend::Targets{});
  if (!asked) return error_response(asked.error());
  asked->now = std::chrono::system_clock::now();
  if (const auto read = sources_.library.refresh_preferences(); !read)
    log::warning(read.error().message);
  const auto library = sources_.library.songs();
  const auto history = sources_.library.history();
  const auto leanings = sources_.library.leanings();
  asked->banned_artists = leanings->bans.artists;
  asked->exclude = leanings->bans.songs;
  const auto made = journey::plan(*library, history->songs(), *asked);
  return json_response(200, write_journey(*library, *history, *asked, made));
}

}  // namespace harmonic::server
