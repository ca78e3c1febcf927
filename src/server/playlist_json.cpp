#include "server/playlist_json.h"

#include <nlohmann/json.hpp>
#include <unordered_set>

#include "server/song_json.h"
#include "smartlist/field.h"
#include "smartlist/rules.h"

namespace harmonic::server {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kExamples = 5;
// The rules' own reader takes less, and says so better; this guards what stands before it.
constexpr int kDeepestBody = 4 * static_cast<int>(smartlist::kDeepest);

/// Names and paths may hold any bytes; what is sent is UTF-8.
std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

tl::unexpected<Error> refuse(std::string_view what) {
  return fail(ErrorKind::kInvalidInput, std::string{what});
}

Result<Json> parsed(std::string_view body) {
  bool too_deep = false;
  const auto look = [&too_deep](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > kDeepestBody;
    return !too_deep;
  };
  auto json = Json::parse(body, look, false);
  if (too_deep) return refuse("a playlist has at most 32 groups of rules inside each other");
  if (json.is_object()) return json;
  return refuse(R"(a playlist is a JSON object, {"name": "Road", "songs": [1, 2]})");
}

Result<std::vector<SongId>> songs_in(const Json& json) {
  std::vector<SongId> songs;
  if (!json.is_array()) return refuse(R"("songs" is a list of ids of songs, [1, 2])");
  songs.reserve(json.size());
  for (const auto& one : json) {
    if (!one.is_number_integer() || one.get<std::int64_t>() <= 0)
      return refuse(R"("songs" is a list of ids of songs, [1, 2])");
    songs.push_back(SongId{one.get<std::int64_t>()});
  }
  return songs;
}

std::chrono::milliseconds length_of(const smartlist::Listed& list) {
  std::chrono::milliseconds length{0};
  for (const auto* song : list.songs) length += song->duration;
  return length;
}

std::int64_t ms_of(std::chrono::system_clock::time_point at) {
  return std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

/// What is told of every playlist; `songs` and the other numbers are null where the rules cannot be
/// worked out.
Json facts_of(const ToldPlaylist& told) {
  const auto& [playlist, list] = told;
  return {{"id", playlist.id.value},
          {"name", playlist.name},
          {"comment", playlist.comment},
          {"kind", playlist.rules ? "rules" : "songs"},
          {"version", playlist.version},
          {"changed_at", ms_of(playlist.changed_at)},
          {"songs", list ? Json(list->songs.size()) : Json()},
          {"missing", list ? Json(list->missing()) : Json()},
          {"length_ms", list ? Json(length_of(*list).count()) : Json()},
          {"problem", list ? Json() : Json(list.error().message)}};
}

Json briefs_of(const smartlist::Listed& list, std::size_t most, const session::History& history) {
  Json songs = Json::array();
  for (const auto* song : list.songs) {
    if (songs.size() == most) break;
    const auto stem = catalog::needed_stem(song->tags.title, song->path.string());
    songs.push_back(brief_of<Json>(catalog::view_of(*song, stem), history.find(song->id)));
  }
  return songs;
}

Json gone_in(const smartlist::Listed& list, const std::vector<std::string>& paths) {
  std::unordered_set<SongId> present;
  for (const auto* song : list.songs) present.insert(song->id);
  Json gone = Json::array();
  for (const auto id : list.ids) {
    if (!present.contains(id) && gone.size() < paths.size())
      gone.push_back({{"id", id.value}, {"path", paths[gone.size()]}});
  }
  return gone;
}

std::string_view name_of(smartlist::FieldType type) {
  using smartlist::FieldType;
  switch (type) {
    case FieldType::kText: return "text";
    case FieldType::kNumber: return "number";
    case FieldType::kFlag: return "flag";
    case FieldType::kDate: return "date";
    case FieldType::kMoment: return "moment";
    case FieldType::kKey: return "key";
    case FieldType::kWord: return "word";
    case FieldType::kPlaylist: return "playlist";
    case FieldType::kOrder: return "order";
  }
  return "text";
}

}  // namespace

Result<PlaylistWish> read_playlist_wish(std::string_view body) {
  HARMONIC_TRY(const auto json, parsed(body));
  PlaylistWish wish;
  for (const auto& [key, value] : json.items()) {
    if (key == "name" || key == "comment") {
      if (!value.is_string()) return refuse('"' + key + "\" of a playlist is a text");
      (key == "name" ? wish.name : wish.comment) = value.get<std::string>();
    } else if (key == "songs") {
      HARMONIC_TRY(wish.songs, songs_in(value));
    } else if (key == "rules") {
      wish.rules = dumped(value);
    } else if (key == "version" || key == "playlist") {
      const bool whole = value.is_number_integer() && value.get<std::int64_t>() > 0;
      if (!whole) return refuse('"' + key + "\" of a playlist is a whole number above 0");
      if (key == "version") wish.version = value.get<std::int64_t>();
      if (key == "playlist") wish.playlist = PlaylistId{value.get<std::int64_t>()};
    }
  }
  return wish;
}

std::string write_playlist(const ToldPlaylist& told) { return dumped(facts_of(told)); }

std::string write_playlists(const std::vector<ToldPlaylist>& all) {
  Json playlists = Json::array();
  for (const auto& told : all) playlists.push_back(facts_of(told));
  return dumped({{"playlists", std::move(playlists)}});
}

std::string write_whole_playlist(const ToldPlaylist& told, const std::vector<std::string>& missing,
                                 const session::History& history) {
  auto json = facts_of(told);
  const smartlist::Listed nothing;
  const auto& list = told.list ? *told.list : nothing;
  Json ids = Json::array();
  for (const auto id : list.ids) ids.push_back(id.value);
  json["rules"] =
      told.playlist.rules ? Json::parse(*told.playlist.rules, nullptr, false, true) : Json();
  if (json["rules"].is_discarded()) json["rules"] = nullptr;
  json["ids"] = std::move(ids);
  json["songs"] = briefs_of(list, kMostBriefs, history);
  json["missing"] = gone_in(list, missing);
  return dumped(json);
}

std::string write_count(const smartlist::Listed& list, const session::History& history) {
  return dumped({{"songs", list.songs.size()},
                 {"length_ms", length_of(list).count()},
                 {"examples", briefs_of(list, kExamples, history)}});
}

std::string write_imported(const smartlist::Imported& made, PlaylistId id,
                           const smartlist::Listed& list) {
  return dumped({{"id", id.value},
                 {"name", made.playlist.name},
                 {"songs", list.songs.size()},
                 {"by_path", made.by_path},
                 {"by_tags", made.by_tags},
                 {"missing", made.missing},
                 {"ambiguous", made.ambiguous}});
}

std::string write_fields() {
  Json fields = Json::array();
  for (std::size_t f = 0; f < smartlist::kFieldCount; ++f) {
    const auto field = static_cast<smartlist::Field>(f);
    const auto type = smartlist::type_of(field);
    Json operators = Json::array();
    for (std::size_t o = 0; o < smartlist::kOperatorCount; ++o) {
      const auto op = static_cast<smartlist::Operator>(o);
      if (smartlist::allows(type, op)) operators.push_back(smartlist::name_of(op));
    }
    Json words = Json::array();
    for (const auto word : smartlist::words_of(field)) words.push_back(word);
    fields.push_back({{"name", smartlist::name_of(field)},
                      {"type", name_of(type)},
                      {"operators", std::move(operators)},
                      {"words", std::move(words)}});
  }
  return dumped({{"fields", std::move(fields)}});
}

std::string write_deleted(std::string_view name) { return dumped({{"deleted", name}}); }

std::string write_undone(const std::vector<std::string>& names) {
  return dumped({{"undone", names}});
}

}  // namespace harmonic::server
