// harmonic journey: songs that lead from one mood to another.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "affect/circumplex.h"
#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "drawing/way_picture.h"
#include "image/codec.h"
#include "journey/journey.h"
#include "library_answers.h"
#include "store/sqlite_preferences.h"
#include "store/sqlite_store.h"
#include "targets_file.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;

struct JourneyOptions {
  std::string from;
  std::string to;
  std::vector<std::string> via;
  std::size_t songs = 8;
  std::optional<int> minutes;
  std::uint64_t seed = 0;
  std::string targets;
  std::string listener{catalog::kOnlyListener};
  std::string data;
  std::string picture;
  bool json = false;
};

struct Planned {
  std::vector<catalog::Song> songs;  ///< by index
  std::size_t unheard = 0;           ///< songs that no mood can find yet
  journey::Options asked;
  journey::Journey journey;
};

/// "0.3,-0.5"
std::optional<ValenceArousal> point_in(const std::string& text) {
  std::array<double, 2> values{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0 && (at == end || *at++ != ',')) return std::nullopt;
    const auto [next, fault] = std::from_chars(at, end, values.at(i));
    if (fault != std::errc{} || !(values.at(i) >= -1 && values.at(i) <= 1)) return std::nullopt;
    at = next;
  }
  if (at != end) return std::nullopt;
  return ValenceArousal::clamped(values[0], values[1]);
}

/// An emotion, a strategy that has a goal, or a point.
std::optional<ValenceArousal> mood_in(const std::string& text, const recommend::Targets& targets) {
  if (const auto emotion = affect::emotion_named(text)) return affect::point_of(*emotion);
  const auto strategy = recommend::strategy_named(text);
  if (strategy && *strategy != recommend::Strategy::kMatch) return targets.goal(*strategy);
  return point_in(text);
}

Result<Planned> plan_journey(const JourneyOptions& options) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  if (!store::holds_library(data)) return no_songs(data);
  HARMONIC_TRY(const auto store, store::open(data));
  HARMONIC_TRY(auto songs, store->songs());
  if (songs.empty()) return no_songs(data);
  HARMONIC_TRY(const auto listener, store->find_or_add_listener(options.listener));
  HARMONIC_TRY(const auto history, store->history(listener));
  const auto unheard = static_cast<std::size_t>(
      std::count_if(songs.begin(), songs.end(), [](const auto& song) { return !song.sound.mood; }));
  if (unheard == songs.size()) return none_heard(songs.size());

  HARMONIC_TRY(const auto targets, open_targets(options.targets, data));
  journey::Options asked{.from = *mood_in(options.from, *targets),
                         .to = *mood_in(options.to, *targets)};
  for (const auto& via : options.via) asked.via.push_back(*mood_in(via, *targets));
  if (!point_in(options.to)) asked.to_name = options.to;
  asked.songs = options.songs;
  if (options.minutes) asked.length = std::chrono::minutes{*options.minutes};
  asked.now = std::chrono::system_clock::now();
  HARMONIC_TRY(const auto preferences, store::open_preferences(data));
  HARMONIC_TRY(auto bans, preferences->bans(listener));
  asked.banned_artists = std::move(bans.artists);
  asked.exclude = std::move(bans.songs);
  asked.seed = options.seed;
  const auto snapshot = recommend::Snapshot::build(songs);
  Planned made{std::move(songs), unheard, std::move(asked), {}};
  made.journey = journey::plan(snapshot, history, made.asked);
  return made;
}

Json json_of(ValenceArousal point) {
  return {{"valence", shown(point.valence())}, {"arousal", shown(point.arousal())}};
}

constexpr std::array kBoundNames{"even_steps", "short_steps", "library"};

Json json_of(const Planned& made) {
  const auto& journey = made.journey;
  Json curve = Json::array();
  for (const auto point : journey.curve) curve.push_back(json_of(point));
  Json songs = Json::array();
  for (const auto& stop : journey.stops) {
    const auto& song = made.songs[stop.index];
    songs.push_back({{"id", song.id.value},
                     {"title", song.shown_title()},
                     {"artist", song.shown_artist()},
                     {"path", song.path.string()},
                     {"duration_ms", song.duration.count()},
                     {"valence", shown(song.sound.mood->valence())},
                     {"arousal", shown(song.sound.mood->arousal())},
                     {"place", json_of(stop.place)},
                     {"step", shown(stop.step)},
                     {"reasons", stop.reasons}});
  }
  return {{"from", json_of(made.asked.from)},
          {"to", json_of(made.asked.to)},
          {"curve", curve},
          {"bound", shown(journey.bound)},
          {"bound_by", kBoundNames.at(static_cast<std::size_t>(journey.bound_by))},
          {"asked", journey.asked},
          {"length_ms", journey.length.count()},
          {"songs", songs},
          {"notes", journey.notes},
          {"unheard", made.unheard}};
}

std::string title_of(const Planned& made, const JourneyOptions& options) {
  const auto seconds = made.journey.length.count() / 1000;
  std::array<char, 32> length{};
  std::snprintf(length.data(), length.size(), "%lld:%02lld", static_cast<long long>(seconds / 60),
                static_cast<long long>(seconds % 60));
  return "from " + options.from + " to " + options.to + ": " +
         std::to_string(made.journey.stops.size()) + " songs, " + length.data();
}

void print_for_people(const Planned& made, const JourneyOptions& options) {
  std::printf("%s\n", title_of(made, options).c_str());
  int number = 0;
  for (const auto& stop : made.journey.stops) {
    const auto& song = made.songs[stop.index];
    std::printf("%3d. %s - %s (%+.2f, %+.2f)\n", ++number, song.shown_title().c_str(),
                song.shown_artist().c_str(), static_cast<double>(song.sound.mood->valence()),
                static_cast<double>(song.sound.mood->arousal()));
    const char* before = "     ";
    for (const auto& reason : stop.reasons) {
      std::printf("%s%s", before, reason.c_str());
      before = "; ";
    }
    std::printf("\n");
  }
  for (const auto& note : made.journey.notes) std::printf("%s\n", note.c_str());
  if (made.unheard > 0) {
    std::printf("%zu songs were not heard yet; `harmonic scan` goes on with them\n", made.unheard);
  }
}

Result<void> draw(const Planned& made, const JourneyOptions& options) {
  std::vector<ValenceArousal> library;
  for (const auto& song : made.songs) {
    if (song.sound.mood) library.push_back(*song.sound.mood);
  }
  std::vector<drawing::WayStop> stops;
  stops.reserve(made.journey.stops.size());
  for (const auto& stop : made.journey.stops) {
    const auto& song = made.songs[stop.index];
    stops.push_back({*song.sound.mood, song.shown_title() + " - " + song.shown_artist()});
  }
  return image::write_png(
      drawing::draw_way(title_of(made, options), library, made.journey.curve, stops),
      options.picture);
}

Result<void> run_journey(const JourneyOptions& options) {
  HARMONIC_TRY(const auto made, plan_journey(options));
  if (!options.picture.empty()) HARMONIC_CHECK(draw(made, options));
  if (options.json) {
    // Tags and paths may hold any bytes; the output stays valid JSON.
    std::cout << json_of(made).dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
  } else {
    print_for_people(made, options);
  }
  return {};
}

CLI::Validator a_mood() {
  const auto fault_of = [](std::string& text) -> std::string {
    if (mood_in(text, recommend::Targets{})) return {};
    return text +
           " is no mood: name an emotion, calm, lift or focus, or a place as valence,arousal from "
           "-1 to 1";
  };
  return {fault_of, "MOOD|V,A"};
}

}  // namespace

void add_journey(CLI::App& app, const SetExit& set_exit) {
  auto options = std::make_shared<JourneyOptions>();
  auto* command =
      app.add_subcommand("journey", "Songs that lead from one mood to another, step by step");
  command->add_option("--from", options->from, "the mood to meet: an emotion, or a place")
      ->required()
      ->check(a_mood());
  command
      ->add_option("--to", options->to,
                   "the mood to lead to: an emotion, calm, lift, focus, or a place")
      ->required()
      ->check(a_mood());
  command->add_option("--via", options->via, "a mood to pass on the way; may be given again")
      ->check(a_mood())
      ->expected(1, static_cast<int>(journey::kMostVias))
      ->allow_extra_args(false);
  auto* songs = command->add_option("--songs", options->songs, "how many songs")
                    ->check(CLI::Range(std::size_t{1}, journey::kMostSongs))
                    ->capture_default_str();
  command->add_option("--minutes", options->minutes, "as many songs as fill these")
      ->check(CLI::Range(1, static_cast<int>(journey::kLongest.count())))
      ->excludes(songs);
  command->add_option("--targets", options->targets, kTargetsHelp);
  command->add_option("--seed", options->seed,
                      "any number but 0 chooses otherwise among songs that fit about equally well");
  command->add_option("--listener", options->listener, "whose plays, likes and skips count")
      ->check([](const std::string& name) {
        return name.empty() ? std::string{"a listener needs a name"} : std::string{};
      })
      ->capture_default_str();
  command->add_option("--data", options->data,
                      "data folder of the library (default: ~/.local/share/harmonic)");
  command->add_option("--draw", options->picture, "a PNG file for a picture of the way");
  command->add_flag("--json", options->json,
                    "{from, to, curve: [{valence, arousal}], bound, bound_by, asked, length_ms, "
                    "songs: [{id, title, artist, path, duration_ms, valence, arousal, place, step, "
                    "reasons}], notes, unheard}");
  command->footer(
      "Examples:\n"
      "  harmonic journey --from angry --to calm\n"
      "  harmonic journey --from sad --to happy --minutes 40\n"
      "  harmonic journey --from -0.6,-0.4 --to lift --via 0,-0.5 --songs 12 --draw way.png\n"
      "docs/journey.md has how the songs are found.");
  command->callback([options, set_exit] {
    const auto done = run_journey(*options);
    if (!done) std::cerr << "harmonic journey: " << done.error().message << '\n';
    set_exit(done ? kExitDone : exit_code(done.error().kind));
  });
}

}  // namespace harmonic::app
