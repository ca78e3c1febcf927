#include "see_look.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <numeric>

#include "image/draw.h"
#include "image/transform.h"
#include "session/read_face.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;

constexpr image::Colour kRead{94, 234, 160};
constexpr image::Colour kUnread{250, 190, 60};

// Expressions, strongest first.
std::vector<std::size_t> ranked(const affect::EmotionScores& scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&scores](auto a, auto b) { return scores.at(a) > scores.at(b); });
  return order;
}

Json json_of(const affect::EmotionScores& scores) {
  Json object;
  for (std::size_t i = 0; i < affect::kEmotionCount; ++i) {
    object[std::string{affect::kEmotionNames.at(i)}] = scores.at(i);
  }
  return object;
}

Json json_of(const std::optional<affect::Mood>& mood) {
  if (!mood) return nullptr;
  Json object;
  object["emotion"] = mood->emotion ? Json(affect::name_of(*mood->emotion)) : Json(nullptr);
  object["reason"] = mood->emotion ? Json(nullptr) : Json(mood->reason());
  object["valence"] = mood->point.valence();
  object["arousal"] = mood->point.arousal();
  object["uncertainty"] = mood->uncertainty;
  object["scores"] = json_of(mood->scores);
  return object;
}

/// Where and when something moved; what it would mean is not said.
Json json_of(const Event& event) {
  const auto& movement = event.movement;
  return {{"id", event.id},
          {"kind", "movement"},
          {"region", motion::name_of(movement.region)},
          {"onset", movement.onset.count()},
          {"apex", movement.apex.count()},
          {"offset", movement.offset.count()},
          {"size", movement.size}};
}

Json json_of(const LookedAt& face) {
  const auto& box = face.box;
  Json object{{"box", {box.x, box.y, box.width, box.height}}, {"confidence", face.confidence}};
  if (face.id) object["id"] = *face.id;
  if (!face.reason.empty()) object["reason"] = face.reason;
  if (face.id) object["mood"] = json_of(face.mood);
  if (!face.reading) return object;
  object["scores"] = json_of(face.reading->scores);
  object["valence"] = face.reading->point.valence();
  object["arousal"] = face.reading->point.arousal();
  return object;
}

template <typename... Values>
std::string formatted(const char* format, Values... values) {
  std::array<char, 256> line{};
  std::snprintf(line.data(), line.size(), format, values...);
  return line.data();
}

std::string words_of(const LookedAt& face) {
  std::string line = formatted(
      "  face at (%.0f, %.0f), %.0f x %.0f, found with %.2f: ", double(face.box.x),
      double(face.box.y), double(face.box.width), double(face.box.height), double(face.confidence));
  if (!face.reason.empty()) line += std::string{face.reason} + (face.reading ? ", perhaps " : "");
  if (!face.reading) return line + "\n";
  const auto order = ranked(face.reading->scores);
  for (std::size_t i = 0; i < 3; ++i) {
    line += formatted("%s%s %.0f%%", i == 0 ? "" : ", ", affect::kEmotionNames.at(order[i]).data(),
                      double(face.reading->scores.at(order[i])) * 100);
  }
  return line + formatted("; valence %+.2f, arousal %+.2f\n", double(face.reading->point.valence()),
                          double(face.reading->point.arousal()));
}

// What stands over a box: why it is not read, else of a film its number and its mood.
std::string caption_of(const LookedAt& face) {
  std::string caption{face.reason};
  if (!face.id) return caption;
  if (face.reason.empty() && face.mood) {
    caption = face.mood->emotion ? affect::name_of(*face.mood->emotion) : affect::kUnsure;
  }
  return std::to_string(*face.id) + " " + caption + formatted(" %.2f", double(face.confidence));
}

}  // namespace

Result<Look> Looker::look(const image::Picture& picture) const {
  if (!finder_) {
    const image::Box whole{0, 0, static_cast<float>(picture.width),
                           static_cast<float>(picture.height)};
    return read({{{whole, 1.0F, picture, std::nullopt, 1.0F}}, std::nullopt});
  }
  HARMONIC_TRY(const auto found, finder_->find(picture));
  return read(found);
}

Result<Look> Looker::read(const face::Faces& found) const {
  Look look;
  for (const auto& one : found.faces) {
    HARMONIC_TRY(const auto read, session::read_face(classifier_, one));
    look.faces.push_back({one.box, one.confidence, one.quality, read.reading, read.reason, {}, {}});
  }
  if (found.faces.empty() && found.doubt) look.reason = face::name_of(*found.doubt);
  const bool none = std::none_of(look.faces.begin(), look.faces.end(),
                                 [](const LookedAt& face) { return face.reason.empty(); });
  if (none && !look.faces.empty()) look.reason = look.faces.front().reason;
  return look;
}

std::string json_line(const std::string& file, std::optional<double> seconds, const Look& look,
                      const std::string& error) {
  Json object{{"file", file}};
  if (seconds) object["t"] = *seconds;
  object["reason"] = look.reason.empty() ? Json(nullptr) : Json(look.reason);
  if (!error.empty()) object["error"] = error;
  if (look.of_film) object["mood"] = json_of(look.mood);
  object["faces"] = Json::array();
  for (const auto& face : look.faces) {
    // Scores are promised for every entry of "faces": one that could not be read stands apart.
    object[face.reading ? "faces" : "unread"].push_back(json_of(face));
  }
  if (look.of_film) {
    object["events"] = Json::array();
    for (const auto& event : look.events) object["events"].push_back(json_of(event));
  }
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string words(const std::string& file, std::optional<double> seconds, const Look& look) {
  std::string text = file + (seconds ? formatted(" at %.2f s", *seconds) : "") + "\n";
  for (const auto& face : look.faces) text += words_of(face);
  if (look.faces.empty()) text += "  " + std::string{look.reason} + "\n";
  for (const auto& [id, movement] : look.events) {
    text += formatted("  face %d: %s moved at %.2f s for %.2f s\n", id,
                      motion::name_of(movement.region).data(), movement.onset.count(),
                      (movement.offset - movement.onset).count());
  }
  if (look.mood) {
    const auto name = look.mood->emotion ? affect::name_of(*look.mood->emotion) : affect::kUnsure;
    text += formatted("  mood: %s; valence %+.2f, arousal %+.2f, give or take %.2f\n", name.data(),
                      double(look.mood->point.valence()), double(look.mood->point.arousal()),
                      double(look.mood->uncertainty));
  }
  return text;
}

image::Picture drawn(const image::Picture& picture, const Look& look) {
  image::Picture result = image::colour(picture);
  const float letters = std::max(8.0F, static_cast<float>(result.height) / 50.0F);
  for (const auto& face : look.faces) {
    const auto colour = face.reason.empty() ? kRead : kUnread;
    image::draw_box(result, face.box, colour, std::max(1, result.height / 240));
    const auto caption = caption_of(face);
    image::draw_text(result, {face.box.x, face.box.y - letters / 2}, caption, colour, letters);
    if (!face.reading && !face.mood) continue;
    const auto& scores = face.mood ? face.mood->scores : face.reading->scores;
    std::vector<image::Bar> bars;
    for (const std::size_t i : ranked(scores)) {
      if (bars.size() == 3) break;
      bars.push_back({std::string{affect::kEmotionNames.at(i)}, scores.at(i)});
    }
    const image::Box area{face.box.x, face.box.y + face.box.height + 2,
                          std::max(face.box.width, letters * 18), letters * 6};
    image::draw_bars(result, area, bars, colour);
  }
  if (!look.reason.empty() && look.faces.empty()) {
    image::draw_text(result, {letters, letters * 2}, look.reason, kUnread, letters);
  }
  return result;
}

}  // namespace harmonic::app
