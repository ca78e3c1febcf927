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
#include "server/file.h"
#include "server/journey_json.h"
#include "server/playlist_routes.h"
#include "server/song_json.h"
#include "server/song_map.h"
#include "server/song_part.h"

namespace harmonic::server {

namespace {

bool reads(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

template <typename Sound>
Response sent(const Request& request, Result<std::shared_ptr<Sound>> sound,
              std::string_view media_type) {
  if (!sound) return error_response(sound.error());
  return file_response(request, *std::move(sound), media_type);
}

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

Result<const session::Member*> Routes::member(const Request& request) const {
  const auto sent = query_value(request.target, "listener");
  if (!sent) return &sources_.household.first();
  const auto name = decoded(*sent);
  if (!name) return fail(ErrorKind::kInvalidInput, "the listener's name is malformed");
  return sources_.household.find(*name);
}

Response Routes::api(const Request& request, std::string_view path) const {
  if (path == "/live") return error_response(426, "this address speaks WebSocket");
  if (path == "/status") return reads(request) ? status() : not_allowed("GET, HEAD");
  if (path == "/map") return reads(request) ? map(request) : not_allowed("GET, HEAD");
  if (path == "/listener" && request.method == "POST") return join(request);
  const auto who = member(request);
  return who ? own(**who, request, path) : error_response(who.error());
}

/// What is each listener's own.
Response Routes::own(const Member& member, const Request& request, std::string_view path) const {
  if (path.starts_with("/songs/")) return song(member, request, path.substr(6));
  if (constexpr std::string_view kPlaylists = "/playlists";
      path == kPlaylists || path.starts_with("/playlists/")) {
    if (sources_.playlists == nullptr) return error_response(404, "there are no playlists");
    return PlaylistRoutes{*sources_.playlists, sources_.store, member.library}.answer(
        request, path.substr(kPlaylists.size()));
  }
  if (path == "/songs") return reads(request) ? songs(member, request) : not_allowed("GET, HEAD");
  if (path == "/plays") {
    return request.method == "POST" ? add_play(member, request) : not_allowed("POST");
  }
  if (path == "/today") return reads(request) ? today(member) : not_allowed("GET, HEAD");
  if (path == "/beliefs") {
    if (reads(request)) return beliefs(member);
    return request.method == "POST" ? change_beliefs(member, request)
                                    : not_allowed("GET, HEAD, POST");
  }
  if (path == "/journey") {
    return request.method == "POST" ? journey(member, request) : not_allowed("POST");
  }
  if (path == "/listener")
    return reads(request) ? listener(member) : not_allowed("GET, HEAD, POST");
  if (path == "/listener/together") {
    if (request.method == "PUT") return agree(member, true);
    return request.method == "DELETE" ? agree(member, false) : not_allowed("PUT, DELETE");
  }
  return no_such_address();
}

Response Routes::song(const Member& member, const Request& request, std::string_view rest) const {
  const auto id = take_id(rest);
  if (!id) return no_such_address();
  if (rest == "/like") {
    if (request.method == "PUT") return like(member, *id, true);
    if (request.method == "DELETE") return like(member, *id, false);
    return not_allowed("PUT, DELETE");
  }
  constexpr std::array<std::string_view, 5> kParts{"", "/stream", "/cover", "/lyrics", "/extras"};
  if (std::find(kParts.begin(), kParts.end(), rest) == kParts.end()) return no_such_address();
  if (!reads(request)) return not_allowed("GET, HEAD");
  if (rest == "/stream") return stream(request, *id);
  if (rest == "/lyrics") return lyrics(*id);
  if (rest == "/extras") return extras(*id);
  return rest == "/cover" ? cover(request, *id) : whole_song(member, *id);
}

Response Routes::status() const {
  const auto library = sources_.household.first().library.songs();
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

Response Routes::songs(const Member& member, const Request& request) const {
  const auto library = member.library.songs();
  const auto history = member.library.history();
  const auto list = query_value(request.target, "ids");
  if (!list) return json_response(200, write_songs(*library, *history));
  const auto ids = read_ids(*list);
  if (!ids) return error_response(ids.error());
  return json_response(200, write_songs(*library, *history, *ids));
}

Response Routes::map(const Request& request) const {
  auto response = bytes_response(request, write_map(*sources_.household.first().library.songs()),
                                 "application/octet-stream");
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  return response;
}

Response Routes::whole_song(const Member& member, SongId id) const {
  const auto song = sources_.store.song(id);
  if (!song) return error_response(song.error());
  return json_response(200, write_song(*song, member.library.history()->find(id)));
}

Response Routes::stream(const Request& request, SongId id) const {
  const auto song = sources_.store.song(id);
  if (!song) return error_response(song.error());
  const auto type = media_type_of_container(song->container);
  auto response = audio::sheet_of(song->path) ? sent(request, SongPart::open(*song), type)
                                              : sent(request, File::open(song->path), type);
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

Response Routes::like(const Member& member, SongId id, bool liked) const {
  if (const auto song = sources_.store.song(id); !song) return error_response(song.error());
  const auto done = sources_.store.set_liked(member.id, id, liked);
  if (!done) return error_response(done.error());
  if (const auto read = member.library.refresh_history(); !read) {
    log::warning(read.error().message);
  }
  return json_response(200, write_liked(liked));
}

Response Routes::add_play(const Member& member, const Request& request) const {
  auto play = read_play(request.body);
  if (!play) return error_response(play.error());
  play->listener = member.id;
  const auto id = sources_.store.add_play(*play);
  if (!id) return error_response(id.error());
  if (const auto read = member.library.refresh_history(); !read) {
    log::warning(read.error().message);
  }
  return json_response(201, write_play_id(*id));
}

Response Routes::today(const Member& member) const {
  if (sources_.daily == nullptr) return error_response(404, "there are no lists of the day");
  const auto now = std::chrono::system_clock::now();
  const auto day = daily::Day::of(now, utc_offset(now));
  const auto library = member.library.songs();
  const auto history = member.library.history();
  const auto plays = sources_.daily->plays_before(member.id, day.begin());
  if (!plays) return error_response(plays.error());
  const auto lists =
      daily::today_of(*sources_.daily, {day, member.id, *library, *plays, history->songs()});
  if (!lists) return error_response(lists.error());
  return json_response(
      200, write_today(day, daily::part_of(now, day.utc_offset), *lists, *library, *history));
}

Response Routes::beliefs(const Member& member) {
  return json_response(200, write_beliefs(member.library.leanings()->wishes));
}

Response Routes::change_beliefs(const Member& member, const Request& request) const {
  const auto action = read_belief_action(request.body);
  if (!action) return error_response(action.error());
  const auto now = std::chrono::system_clock::now();
  const auto done = *action == BeliefAction::kForget
                        ? sources_.preferences.start_learning(member.id, {now, ""})
                        : sources_.preferences.take_back_start(member.id);
  if (!done) return error_response(done.error());
  // Here the answer speaks of what was read.
  if (const auto read = member.library.refresh_history(); !read)
    return error_response(read.error());
  return beliefs(member);
}

Response Routes::journey(const Member& member, const Request& request) const {
  auto asked =
      read_journey(request.body, sources_.targets ? *sources_.targets : recommend::Targets{});
  if (!asked) return error_response(asked.error());
  asked->now = std::chrono::system_clock::now();
  if (const auto read = member.library.refresh_preferences(); !read)
    log::warning(read.error().message);
  const auto library = member.library.songs();
  const auto history = member.library.history();
  const auto leanings = member.library.leanings();
  asked->banned_artists = leanings->bans.artists;
  asked->exclude = leanings->bans.songs;
  const auto made = journey::plan(*library, history->songs(), *asked);
  return json_response(200, write_journey(*library, *history, *asked, made));
}

Response Routes::listener(const Member& member) const {
  const auto agreed = sources_.household.agreed();
  const auto too = sources_.household.has_agreed(member);
  if (!agreed) return error_response(agreed.error());
  if (!too) return error_response(too.error());
  return json_response(
      200, write_listener_facts({member.name, &member == &sources_.household.first(), *too,
                                 *agreed - (*too ? 1 : 0)}));
}

Response Routes::join(const Request& request) const {
  const auto name = read_listener_name(request.body);
  if (!name) return error_response(name.error());
  const auto who = sources_.household.join(*name);
  return who ? listener(**who) : error_response(who.error());
}

Response Routes::agree(const Member& member, bool agreed) const {
  const auto done = sources_.household.agree(member, agreed);
  return done ? listener(member) : error_response(done.error());
}

}  // namespace harmonic::server
