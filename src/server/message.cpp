#include "server/message.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "server/song_json.h"

namespace harmonic::server {

namespace {

using nlohmann::json;

std::string dumped(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

tl::unexpected<Error> refuse(std::string_view why) {
  return fail(ErrorKind::kInvalidInput, std::string{why});
}

std::optional<double> within_one(const json& object, const char* name) {
  const auto field = object.find(name);
  if (field == object.end() || !field->is_number()) return std::nullopt;
  const auto value = field->get<double>();
  return value >= -1.0 && value <= 1.0 ? std::optional{value} : std::nullopt;
}

Result<ClientMessage> read_mood(const json& object) {
  const auto valence = within_one(object, "valence");
  const auto arousal = within_one(object, "arousal");
  if (!valence || !arousal) return refuse("a mood needs valence and arousal from -1 to 1");
  return SetMood{ValenceArousal::clamped(*valence, *arousal)};
}

Result<ClientMessage> read_camera(const json& object) {
  const auto on = object.find("on");
  if (on == object.end() || !on->is_boolean()) return refuse("camera needs \"on\": true or false");
  return SetCamera{on->get<bool>()};
}

Result<ClientMessage> read_strategy(const json& object) {
  const auto name = object.find("name");
  const auto strategy = name != object.end() && name->is_string()
                            ? recommend::strategy_named(name->get_ref<const std::string&>())
                            : std::nullopt;
  if (!strategy) return refuse("strategy needs \"name\": match, lift, calm or focus");
  return SetStrategy{*strategy};
}

Result<ClientMessage> read_familiar(const json& object) {
  const auto share = object.find("share");
  if (share != object.end() && share->is_null()) return SetFamiliar{};
  if (share == object.end() || !share->is_number() || !(share->get<double>() >= 0) ||
      !(share->get<double>() <= 1)) {
    return refuse("familiar needs \"share\": from 0 to 1, or null");
  }
  return SetFamiliar{share->get<double>()};
}

Result<ClientMessage> read_playing(const json& object) {
  const auto song = object.find("song");
  if (song != object.end() && song->is_null()) return SetPlaying{};
  if (song == object.end() || !song->is_number_integer() || song->get<std::int64_t>() <= 0) {
    return refuse("playing needs \"song\": an id or null");
  }
  return SetPlaying{SongId{song->get<std::int64_t>()}};
}

Result<ClientMessage> read_rest(const json& object) {
  const auto action = object.find("action");
  if (action != object.end() && *action == "start") return AskRest{RestAction::kStart};
  if (action != object.end() && *action == "cancel") return AskRest{RestAction::kCancel};
  if (action != object.end() && *action == "forget") return AskRest{RestAction::kForget};
  return refuse("baseline needs \"action\": start, cancel or forget");
}

Result<ClientMessage> read_movements(const json& object) {
  const auto on = object.find("on");
  if (on == object.end() || !on->is_boolean()) {
    return refuse("movements needs \"on\": true or false");
  }
  return WatchMovements{on->get<bool>()};
}

Result<ClientMessage> read_listener(const json& object) {
  const auto name = object.find("name");
  const auto yes = object.find("yes");
  if (name == object.end() || !name->is_string() || yes == object.end() || !yes->is_boolean()) {
    return refuse(R"(listener needs "name" and "yes": true or false)");
  }
  return AnswerListener{name->get<std::string>(), yes->get<bool>()};
}

/// To four places: what changes less is not worth telling the page again.
double rounded(float value) { return std::round(static_cast<double>(value) * 1e4) / 1e4; }

void put_point(json& object, ValenceArousal point) {
  object["valence"] = rounded(point.valence());
  object["arousal"] = rounded(point.arousal());
}

json scores_of(const affect::EmotionScores& scores) {
  json named = json::object();
  for (std::size_t i = 0; i < scores.size(); ++i) {
    named[std::string{affect::kEmotionNames.at(i)}] = rounded(scores.at(i));
  }
  return named;
}

json shares_of(const recommend::Pick& pick) {
  json shares = json::object();
  for (std::size_t part = 0; part < recommend::kParts; ++part)
    shares[std::string{recommend::kPartNames.at(part)}] = rounded(pick.shares.at(part));
  shares["recent"] = rounded(-pick.lost);
  return shares;
}

json face_of(const session::SeenFace& face) {
  json object{{"id", face.id},
              {"box", {face.box.x, face.box.y, face.box.width, face.box.height}},
              {"confidence", face.confidence}};
  if (face.expression) {
    object["scores"] = scores_of(face.expression->scores);
    put_point(object, face.expression->point);
  }
  return object;
}

}  // namespace

Result<ClientMessage> read_message(std::string_view text) {
  const auto object = json::parse(text, nullptr, false);
  if (!object.is_object()) return refuse("a message is a JSON object");
  const auto type = object.find("type");
  if (type == object.end() || !type->is_string()) return refuse("a message needs a \"type\"");
  const auto& name = type->get_ref<const std::string&>();
  if (name == "mood") return read_mood(object);
  if (name == "release") return ReleaseMood{};
  if (name == "camera") return read_camera(object);
  if (name == "strategy") return read_strategy(object);
  if (name == "familiar") return read_familiar(object);
  if (name == "playing") return read_playing(object);
  if (name == "baseline") return read_rest(object);
  if (name == "movements") return read_movements(object);
  if (name == "listener") return read_listener(object);
  return refuse(
      "the types of messages are mood, release, camera, strategy, familiar, playing, baseline, "
      "movements and listener");
}

Result<PictureMessage> read_picture(std::span<const std::byte> message) {
  constexpr std::size_t kHead = 8;
  if (message.size() <= kHead) return refuse("a picture message is 8 bytes of time and a picture");
  std::uint64_t bits = 0;
  for (std::size_t i = kHead; i-- > 0;)
    bits = bits << 8U | std::to_integer<std::uint64_t>(message[i]);
  const auto at = std::bit_cast<double>(bits);
  if (!(at >= 0 && at <= kLatestCapture)) {
    return refuse("a picture's time is in milliseconds, from 0 to 8e12");
  }
  return PictureMessage{at, {message.begin() + kHead, message.end()}};
}

std::string write_reading(const session::Observation& observation) {
  const auto& look = observation.look;
  json faces = json::array();
  for (const auto& face : look.faces) faces.push_back(face_of(face));
  return dumped({{"type", "reading"},
                 {"at", observation.captured_at_ms},
                 {"width", look.width},
                 {"height", look.height},
                 {"reason", look.reason.empty() ? json(nullptr) : json(look.reason)},
                 {"followed", look.followed ? json(*look.followed) : json(nullptr)},
                 {"faces", std::move(faces)}});
}

std::vector<std::string> write_movements(const session::Observation& observation) {
  const auto ms = [](motion::Seconds time) { return std::round(time.count() * 1e4) / 10; };
  std::vector<std::string> texts;
  for (const auto& movement : observation.look.movements) {
    texts.push_back(dumped({{"type", "movement"},
                            {"at", observation.captured_at_ms},
                            {"onset", ms(movement.onset)},
                            {"apex", ms(movement.apex)},
                            {"offset", ms(movement.offset)},
                            {"region", motion::name_of(movement.region)}}));
  }
  return texts;
}

std::string write_rest(const session::RestNews& news) {
  constexpr std::array<std::string_view, 4> kStates{"none", "capturing", "set", "refused"};
  return dumped({{"type", "baseline"},
                 {"state", kStates.at(static_cast<std::size_t>(news.state))},
                 {"message", news.message},
                 {"progress", std::round(static_cast<double>(news.progress) * 100) / 100}});
}

std::string write_listener(const session::Listener& listener) {
  return dumped({{"type", "listener"},
                 {"name", listener.name ? json(*listener.name) : json(nullptr)},
                 {"agreed", listener.agreed}});
}

std::string write_mood(const session::Mood& mood) {
  const auto& emotion = mood.emotion;
  json object{{"type", "mood"},
              {"source", mood.source == session::MoodSource::kCamera ? "camera"
                         : mood.source == session::MoodSource::kHand ? "hand"
                                                                     : "none"},
              {"emotion", emotion ? json(affect::name_of(*emotion)) : json(nullptr)},
              {"scores", mood.scores ? scores_of(*mood.scores) : json(nullptr)},
              {"uncertainty", mood.uncertainty ? json(rounded(*mood.uncertainty)) : json(nullptr)}};
  if (mood.point) put_point(object, *mood.point);
  return dumped(object);
}

std::string write_queue(const session::Queue& queue, const session::History& history) {
  json songs = json::array();
  for (const auto& pick : queue.picks) {
    auto song = brief_of<json>(queue.songs->song(pick.index), history.find(pick.song));
    song["score"] = pick.score;
    song["shares"] = shares_of(pick);
    song["reasons"] = json::array();
    for (const auto& reason : pick.reasons) song["reasons"].push_back(reason.text);
    songs.push_back(std::move(song));
  }
  json target = nullptr;
  if (queue.target) put_point(target = json::object(), *queue.target);
  return dumped({{"type", "queue"},
                 {"target", std::move(target)},
                 {"strategy", recommend::name_of(queue.strategy)},
                 {"songs", std::move(songs)}});
}

std::string write_error(std::string_view message) {
  return dumped({{"type", "error"}, {"message", message}});
}

}  // namespace harmonic::server
