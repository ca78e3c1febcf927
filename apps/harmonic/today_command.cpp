// harmonic today: the lists of the day.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/local_time.h"
#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "daily/lists.h"
#include "library_answers.h"
#include "playlist_house.h"
#include "song_named.h"
#include "store/sqlite_daily.h"
#include "store/sqlite_store.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;
using catalog::DailyList;

struct TodayOptions {
  std::string mood, data;
  std::string listener{catalog::kOnlyListener};
  bool json = false;
};

struct Made {
  std::vector<catalog::Song> songs;
  recommend::Snapshot snapshot;  ///< of them
  daily::Day day;
  daily::DayPart now{};
  std::vector<DailyList> lists;
};

Result<Made> make_today(const TodayOptions& options) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  if (!store::holds_library(data)) return no_songs(data);
  HARMONIC_TRY(const auto store, store::open(data));
  HARMONIC_TRY(const auto kept, store::open_daily_lists(data));
  HARMONIC_TRY(auto songs, store->songs());
  HARMONIC_TRY(const auto listener, store->find_or_add_listener(options.listener));
  HARMONIC_TRY(const auto history, store->history(listener));
  const auto now = std::chrono::system_clock::now();
  const auto day = daily::Day::of(now, utc_offset(now));
  HARMONIC_TRY(const auto plays, kept->plays_before(listener, day.begin()));
  auto snapshot = recommend::Snapshot::build(songs);
  Made made{std::move(songs), std::move(snapshot), day, daily::part_of(now, day.utc_offset), {}};
  const daily::Grounds grounds{day, listener, made.snapshot, plays, history};
  if (options.mood.empty()) {
    HARMONIC_TRY(made.lists, daily::today_of(*kept, grounds));
  } else if (auto list = daily::list_for(*affect::emotion_named(options.mood), grounds);
             !list.songs.empty()) {
    made.lists.push_back(std::move(list));
  }
  if (made.lists.empty()) {
    return fail(ErrorKind::kNotFound,
                "no song of the library was heard yet, so no list can be "
                "made; `harmonic scan DIR` without --tags-only hears them");
  }
  return made;
}

void print_json(const Made& made, bool of_parts) {
  Json lists = Json::array();
  for (const auto& list : made.lists) {
    Json songs = Json::array();
    for (const auto id : list.songs) {
      if (const auto index = made.snapshot.index_of(id))
        songs.push_back(json_of(made.songs[*index]));
    }
    lists.push_back({{"part", of_parts ? Json(daily::name_of(list.part)) : Json()},
                     {"title", list.title},
                     {"songs", songs}});
  }
  print({{"day", daily::date_of(made.day)}, {"now", daily::name_of(made.now)}, {"lists", lists}});
}

void print_for_people(const Made& made) {
  for (const auto& list : made.lists) {
    std::printf("%s\n", list.title.c_str());
    int number = 0;
    for (const auto id : list.songs) {
      if (const auto index = made.snapshot.index_of(id))
        std::printf("%3d. %s\n", ++number, line_of(made.songs[*index]).c_str());
    }
  }
}

int run_today(const TodayOptions& options) {
  const auto made = make_today(options);
  if (!made) {
    std::cerr << "harmonic today: " << made.error().message << '\n';
    return exit_code(made.error().kind);
  }
  if (options.json) {
    print_json(*made, options.mood.empty());
  } else {
    print_for_people(*made);
  }
  return kExitDone;
}

}  // namespace

void add_today(CLI::App& app, const SetExit& set_exit) {
  auto options = std::make_shared<TodayOptions>();
  auto* command = app.add_subcommand(
      "today", "The lists of the day: one for the morning, afternoon, evening and night");
  const std::vector<std::string> emotions(affect::kEmotionNames.begin(),
                                          affect::kEmotionNames.end());
  command->add_option("--mood", options->mood, "one list for this mood instead")
      ->check(CLI::IsMember(emotions));
  command->add_option("--listener", options->listener, "whose plays and likes count")
      ->capture_default_str();
  command->add_option("--data", options->data,
                      "data folder of the library (default: ~/.local/share/harmonic)");
  command->add_flag("--json", options->json,
                    "{day, now, lists: [{part, title, songs: [{id, title, artist, path, "
                    "duration_ms}]}]}");
  command->footer(
      "Examples:\n"
      "  harmonic today\n"
      "  harmonic today --mood sad --json\n"
      "A list aims where the listener's mood was at that hour on other days. The lists stay as "
      "they are until midnight.");
  command->callback([options, set_exit] { set_exit(run_today(*options)); });
}

}  // namespace harmonic::app
