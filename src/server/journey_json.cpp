#include "server/journey_json.h"

#include <nlohmann/json.hpp>

#include "server/song_json.h"

namespace harmonic::server {

namespace {

using nlohmann::json;

tl::unexpected<Error> refuse(std::string_view what) {
  return fail(ErrorKind::kInvalidInput, "a journey needs " + std::string{what});
}

std::optional<ValenceArousal> point_in(const json& value) {
  if (!value.is_object()) return std::nullopt;
  const auto number = [&value](const char* name) -> std::optional<double> {
    const auto field = value.find(name);
    if (field == value.end() || !field->is_number()) return std::nullopt;
    const auto read = field->get<double>();
    return read >= -1.0 && read <= 1.0 ? std::optional{read} : std::nullopt;
  };
  const auto valence = number("valence");
  const auto arousal = number("arousal");
  if (!valence || !arousal) return std::nullopt;
  return ValenceArousal::clamped(*valence, *arousal);
}

std::optional<std::size_t> count_in(const json& value, std::size_t most) {
  if (!value.is_number_unsigned()) return std::nullopt;
  const auto count = value.get<std::uint64_t>();
  return count >= 1 && count <= most ? std::optional{static_cast<std::size_t>(count)}
                                     : std::nullopt;
}

/// Only strategies with a goal can be gone to.
std::optional<recommend::Strategy> goal_in(const json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto strategy = recommend::strategy_named(value.get_ref<const std::string&>());
  return strategy == recommend::Strategy::kMatch ? std::nullopt : strategy;
}

json json_of(ValenceArousal point) {
  return {{"valence", point.valence()}, {"arousal", point.arousal()}};
}

}  // namespace

Result<journey::Options> read_journey(std::string_view body, const recommend::Targets& targets) {
  const auto object = json::parse(body, nullptr, false);
  if (!object.is_object()) return refuse("a JSON object");
  const auto field = [&object](const char* name) { return object.value(name, json(nullptr)); };
  journey::Options asked;
  const auto from = point_in(field("from"));
  if (!from) return refuse("\"from\" with valence and arousal from -1 to 1");
  asked.from = *from;
  const json to = field("to");
  if (const auto goal = goal_in(to)) {
    asked.to = targets.goal(*goal);
    asked.to_name = recommend::name_of(*goal);
  } else if (const auto point = point_in(to)) {
    asked.to = *point;
  } else {
    return refuse(R"("to": lift, calm, focus, or a point as "from")");
  }
  const json via = object.value("via", json::array());
  if (!via.is_array() || via.size() > journey::kMostVias) return refuse("\"via\": up to 6 points");
  for (const auto& one : via) {
    const auto point = point_in(one);
    if (!point) return refuse(R"(points in "via" as "from")");
    asked.via.push_back(*point);
  }
  const auto songs = count_in(field("songs"), journey::kMostSongs);
  const auto minutes = count_in(field("minutes"), journey::kLongest.count());
  if (songs.has_value() == minutes.has_value())
    return refuse(R"(either "songs" from 1 to 60 or "minutes" from 1 to 240)");
  if (songs) asked.songs = *songs;
  if (minutes) asked.length = std::chrono::minutes{*minutes};
  return asked;
}

std::string write_journey(const recommend::Snapshot& library, const session::History& history,
                          const journey::Options& asked, const journey::Journey& made) {
  json curve = json::array();
  for (const auto point : made.curve) curve.push_back(json_of(point));
  json songs = json::array();
  for (const auto& stop : made.stops) {
    auto song = brief_of<json>(library.song(stop.index), history.find(stop.song));
    song["place"] = json_of(stop.place);
    song["reasons"] = stop.reasons;
    songs.push_back(std::move(song));
  }
  const json answer{{"from", json_of(asked.from)},
                    {"to", json_of(asked.to)},
                    {"curve", std::move(curve)},
                    {"bound", made.bound},
                    {"length_ms", made.length.count()},
                    {"songs", std::move(songs)},
                    {"notes", made.notes}};
  return answer.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace harmonic::server
