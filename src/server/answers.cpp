#include "server/answers.h"

#include <nlohmann/json.hpp>

#include "audio/cue_song.h"
#include "bandit/beliefs.h"
#include "recommend/target.h"
#include "server/song_json.h"

namespace harmonic::server {

namespace {

using nlohmann::json;

/// A tag may hold any bytes; what is sent is UTF-8.
std::string dumped(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Bytes of a brief song, tags of usual length; only a guess that saves copying.
constexpr std::size_t kUsualBrief = 320;

template <typename T>
json or_null(const std::optional<T>& value) {
  return value ? json(*value) : json(nullptr);
}

std::optional<std::int64_t> whole_number(const json& object, const char* name, std::int64_t most) {
  const auto field = object.find(name);
  if (field == object.end() || !field->is_number_integer()) return std::nullopt;
  if (field->is_number_unsigned() && field->get<std::uint64_t>() > static_cast<std::uint64_t>(most))
    return std::nullopt;
  const auto value = field->get<std::int64_t>();
  return value < 0 || value > most ? std::nullopt : std::optional{value};
}

std::optional<catalog::PlayOutcome> outcome_of(const json& object) {
  const auto field = object.find("outcome");
  if (field == object.end()) return std::nullopt;
  if (*field == "finished") return catalog::PlayOutcome::kFinished;
  if (*field == "skipped") return catalog::PlayOutcome::kSkipped;
  if (*field == "stopped") return catalog::PlayOutcome::kStopped;
  if (*field == "not_now") return catalog::PlayOutcome::kNotNow;
  return std::nullopt;
}

std::optional<double> coordinate(const json& mood, const char* name) {
  const auto field = mood.find(name);
  if (field == mood.end() || !field->is_number()) return std::nullopt;
  const auto value = field->get<double>();
  return value >= -1 && value <= 1 ? std::optional{value} : std::nullopt;
}

/// The mood may be left out; one that is given must be right.
Result<std::optional<ValenceArousal>> mood_of(const json& object) {
  const auto field = object.find("mood");
  if (field == object.end() || field->is_null()) return std::nullopt;
  const auto valence = field->is_object() ? coordinate(*field, "valence") : std::nullopt;
  const auto arousal = field->is_object() ? coordinate(*field, "arousal") : std::nullopt;
  if (valence && arousal) return ValenceArousal::clamped(*valence, *arousal);
  return fail(ErrorKind::kInvalidInput, "a mood needs valence and arousal from -1 to 1");
}

/// Those of the songs that are in the library.
json briefs_of(const recommend::Snapshot& library, const session::History& history,
               std::span<const SongId> ids) {
  json songs = json::array();
  for (const auto id : ids) {
    if (const auto index = library.index_of(id))
      songs.push_back(brief_of<json>(library.song(*index), history.find(id)));
  }
  return songs;
}

}  // namespace

std::string write_status(const StatusFacts& facts) {
  json status{{"name", "Harmonic Fusion"},  {"version", facts.version},
              {"songs", facts.songs},       {"revision", facts.revision},
              {"detector", facts.detector}, {"classifier", facts.classifier},
              {"scanning", false},          {"strategies", json(recommend::kStrategyNames)}};
  if (facts.scanning) status["scanning"] = {{"done", facts.scan_done}, {"total", facts.scan_total}};
  return dumped(status);
}

std::string write_songs(const recommend::Snapshot& library, const session::History& history) {
  // Song by song: the whole as one value of JSON would be ten times the text.
  std::string text{R"({"songs":[)"};
  text.reserve(library.size() * kUsualBrief);
  for (std::size_t i = 0; i < library.size(); ++i) {
    if (i > 0) text += ',';
    text += dumped(brief_of<json>(library.song(i), history.find(library.id(i))));
  }
  return text += "]}";
}

std::string write_songs(const recommend::Snapshot& library, const session::History& history,
                        std::span<const SongId> ids) {
  return dumped({{"songs", briefs_of(library, history, ids)}});
}

std::string write_today(const daily::Day& day, daily::DayPart now,
                        std::span<const catalog::DailyList> lists,
                        const recommend::Snapshot& library, const session::History& history) {
  json all = json::array();
  for (const auto& list : lists) {
    all.push_back({{"part", daily::name_of(list.part)},
                   {"title", list.title},
                   {"songs", briefs_of(library, history, list.songs)}});
  }
  return dumped(
      {{"day", daily::date_of(day)}, {"now", daily::name_of(now)}, {"lists", std::move(all)}});
}

std::string write_song(const catalog::Song& song, const catalog::SongHistory* history) {
  const auto stem = catalog::needed_stem(song.tags.title, song.path.native());
  auto whole = brief_of<json>(catalog::view_of(song, stem), history);
  const auto sheet = audio::sheet_of(song.path);
  whole["file"] =
      (sheet ? sheet->filename() / song.path.filename() : song.path.filename()).string();
  whole["bytes"] = song.stamp.bytes;
  whole["container"] = song.container;
  add_tags(whole, song.tags);
  whole["skips"] = history == nullptr ? 0 : history->skips;
  whole["analysis_version"] = song.sound.version;
  const auto gain = song.track_gain();
  whole["track_gain_db"] = gain ? json(gain->db) : json(nullptr);
  whole["track_gain_from"] = gain ? json(gain->from_file ? "file" : "computed") : json(nullptr);
  whole["loudness_range_lu"] = or_null(song.sound.loudness_range_lu);
  whole["tempo_confidence"] = song.sound.tempo_confidence;
  whole["key_strength"] = song.sound.key_strength;
  whole["features"] = song.sound.vector;
  return dumped(whole);
}

std::string write_lyrics(const audio::Lyrics& lyrics) {
  json lines = json::array();
  for (const auto& line : lyrics.lines) {
    json words = json::array();
    for (const auto& word : line.words)
      words.push_back({{"at_ms", word.at.count()}, {"text", word.text}});
    lines.push_back({{"at_ms", line.at ? json(line.at->count()) : json(nullptr)},
                     {"text", line.text},
                     {"words", std::move(words)}});
  }
  return dumped({{"timed", lyrics.timed}, {"lines", std::move(lines)}});
}

std::string write_extras(const std::optional<audio::Cover>& cover,
                         const std::optional<audio::Lyrics>& lyrics) {
  json extras{{"cover", nullptr}, {"lyrics", nullptr}};
  if (cover) extras["cover"] = cover->media_type;
  if (lyrics) extras["lyrics"] = lyrics->timed ? "timed" : "untimed";
  return dumped(extras);
}

std::string write_liked(bool liked) { return dumped({{"liked", liked}}); }
std::string write_play_id(PlayId id) { return dumped({{"play", id.value}}); }

Result<catalog::Play> read_play(std::string_view body) {
  const auto object = json::parse(body, nullptr, false);
  const auto refuse = [](std::string_view what) {
    return fail(ErrorKind::kInvalidInput, "a play needs " + std::string{what});
  };
  constexpr std::int64_t kYear2100 = 4'102'444'800'000;  // ms since 1970
  constexpr std::int64_t kDay = 86'400'000;              // ms
  if (!object.is_object()) return refuse("a JSON object");
  const auto song = whole_number(object, "song", std::numeric_limits<std::int64_t>::max());
  if (!song) return refuse("\"song\", the id of a song");
  const auto started = whole_number(object, "started_at", kYear2100);
  if (!started) return refuse("\"started_at\" in whole milliseconds since 1970");
  const auto heard = whole_number(object, "heard_ms", kDay);
  if (!heard) return refuse("\"heard_ms\", whole milliseconds up to a day");
  const auto outcome = outcome_of(object);
  if (!outcome) return refuse("\"outcome\": finished, skipped, stopped or not_now");
  HARMONIC_TRY(const auto mood, mood_of(object));

  catalog::Play play;
  play.song = SongId{*song};
  play.started_at = std::chrono::system_clock::time_point{std::chrono::milliseconds{*started}};
  play.heard = std::chrono::milliseconds{*heard};
  play.outcome = *outcome;
  play.mood = mood;
  return play;
}

std::string write_beliefs(const bandit::Wishes& wishes) {
  json beliefs = json::array();
  for (const auto& belief : bandit::beliefs_of(wishes)) {
    beliefs.push_back({{"mood", belief.mood},
                       {"prefers", belief.prefers},
                       {"over", belief.over},
                       {"songs", belief.songs},
                       {"sureness", bandit::name_of(belief.sureness)},
                       {"text", belief.text()}});
  }
  return dumped({{"songs", wishes.all_plays()}, {"beliefs", std::move(beliefs)}});
}

std::string write_listener_facts(const ListenerFacts& facts) {
  return dumped({{"name", facts.name},
                 {"first", facts.first},
                 {"together", {{"agreed", facts.agreed}, {"others", facts.others}}}});
}

Result<std::string> read_listener_name(std::string_view body) {
  const auto object = json::parse(body, nullptr, false);
  const auto name = object.is_object() ? object.value("name", json{}) : json{};
  if (name.is_string()) return name.get<std::string>();
  return fail(ErrorKind::kInvalidInput, R"(a listener needs a "name")");
}

Result<BeliefAction> read_belief_action(std::string_view body) {
  const auto object = json::parse(body, nullptr, false);
  const auto action = object.is_object() ? object.value("action", json{}) : json{};
  if (action == "forget") return BeliefAction::kForget;
  if (action == "undo") return BeliefAction::kUndo;
  return fail(ErrorKind::kInvalidInput, R"(beliefs need "action": forget or undo)");
}

}  // namespace harmonic::server
