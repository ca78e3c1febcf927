// harmonic ban: artists and songs that a listener never wants to hear.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "store/sqlite_preferences.h"
#include "store/sqlite_store.h"

namespace harmonic::app {
namespace {

using Json = nlohmann::ordered_json;

struct BanOptions {
  std::string listener{catalog::kOnlyListener};
  std::string data;
  std::string artist;
  std::int64_t song = 0;
  bool json = false;
};

void print(const Json& json) {
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

struct Desk {
  std::unique_ptr<catalog::Store> store;
  std::unique_ptr<catalog::Preferences> preferences;
};

Result<Desk> open_desk(const BanOptions& options) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  if (!store::holds_library(data)) {
    return fail(ErrorKind::kNotFound, "there is no library in " + data.string() +
                                          "; `harmonic scan DIR` with your music folder makes one");
  }
  Desk desk;
  HARMONIC_TRY(desk.store, store::open(data));
  HARMONIC_TRY(desk.preferences, store::open_preferences(data));
  return desk;
}

void tell(const BanOptions& options, const Json& json, const std::string& words) {
  if (options.json)
    print(json);
  else
    std::printf("%s\n", words.c_str());
}

/// "'Old Song' by Old Artist", of a missing song too.
Result<std::string> named(const catalog::Store& store, SongId id) {
  HARMONIC_TRY(const auto song, store.song(id));
  return "'" + song.shown_title() + "' by " + song.shown_artist();
}

Result<void> ban_artist(const BanOptions& options) {
  HARMONIC_TRY(const auto desk, open_desk(options));
  HARMONIC_TRY(const auto listener, desk.store->find_or_add_listener(options.listener));
  HARMONIC_CHECK(desk.preferences->ban_artist(listener, options.artist));
  tell(options, {{"banned", {{"artist", options.artist}}}},
       options.listener + " is not offered " + options.artist + " any more");
  return {};
}

Result<void> ban_song(const BanOptions& options) {
  HARMONIC_TRY(const auto desk, open_desk(options));
  HARMONIC_TRY(const auto name, named(*desk.store, SongId{options.song}));
  HARMONIC_TRY(const auto listener, desk.store->find_or_add_listener(options.listener));
  HARMONIC_CHECK(desk.preferences->ban_song(listener, SongId{options.song}));
  tell(options, {{"banned", {{"song", options.song}}}},
       options.listener + " is not offered " + name + " any more");
  return {};
}

Result<void> list(const BanOptions& options) {
  HARMONIC_TRY(const auto desk, open_desk(options));
  HARMONIC_TRY(const auto listener, desk.preferences->listener(options.listener));
  HARMONIC_TRY(const auto bans, desk.preferences->bans(listener));
  Json songs = Json::array();
  for (const auto id : bans.songs) {
    HARMONIC_TRY(const auto song, desk.store->song(id));
    songs.push_back(
        {{"id", id.value}, {"title", song.shown_title()}, {"artist", song.shown_artist()}});
  }
  if (options.json) {
    print({{"artists", bans.artists}, {"songs", songs}});
    return {};
  }
  for (const auto& artist : bans.artists) std::printf("artist %s\n", artist.c_str());
  for (const auto id : bans.songs) {
    HARMONIC_TRY(const auto name, named(*desk.store, id));
    std::printf("song %lld, %s\n", static_cast<long long>(id.value), name.c_str());
  }
  if (bans.artists.empty() && bans.songs.empty())
    std::printf("%s has banned nothing\n", options.listener.c_str());
  return {};
}

Result<void> lift(const BanOptions& options) {
  const bool of_song = options.artist.empty();
  if (of_song && options.song == 0)
    return fail(ErrorKind::kInvalidInput, "name an --artist or a --song");
  HARMONIC_TRY(const auto desk, open_desk(options));
  HARMONIC_TRY(const auto listener, desk.preferences->listener(options.listener));
  HARMONIC_TRY(const bool lifted, of_song
                                      ? desk.preferences->lift_song(listener, SongId{options.song})
                                      : desk.preferences->lift_artist(listener, options.artist));
  const auto what = of_song ? "song " + std::to_string(options.song) : "artist " + options.artist;
  if (!lifted) {
    return fail(ErrorKind::kNotFound, options.listener + " has not banned the " + what +
                                          "; `harmonic ban list` shows the bans");
  }
  tell(options, {{"lifted", what}},
       "the " + what + " may be offered to " + options.listener + " again");
  return {};
}

using Options = std::shared_ptr<BanOptions>;

void add_common(CLI::App& command, const Options& options) {
  command.add_option("--listener", options->listener, "whose")->capture_default_str();
  command.add_option("--data", options->data,
                     "data folder of the library (default: ~/.local/share/harmonic)");
  command.add_flag("--json", options->json, "one JSON object on standard output");
}

}  // namespace

void add_ban(CLI::App& app, const SetExit& set_exit) {
  auto* ban = app.add_subcommand("ban", "Artists and songs that a listener never wants to hear");
  ban->require_subcommand(1);
  const auto options = std::make_shared<BanOptions>();
  const auto runs = [options, set_exit](auto action) {
    return [options, set_exit, action] {
      const Result<void> done = action(*options);
      if (!done) std::cerr << "harmonic ban: " << done.error().message << '\n';
      set_exit(done ? kExitDone : exit_code(done.error().kind));
    };
  };
  auto* artist = ban->add_subcommand("artist", "Bans an artist.");
  artist->add_option("name", options->artist, "as the songs' tags write it")->required();
  artist->callback(runs(ban_artist));
  auto* song = ban->add_subcommand("song", "Bans a song.");
  song->add_option("id", options->song, "as `harmonic recommend --json` tells it")->required();
  song->callback(runs(ban_song));
  auto* list_command = ban->add_subcommand("list", "Shows the bans.");
  list_command->callback(runs(list));
  auto* lift_command = ban->add_subcommand("lift", "Takes a ban back.");
  auto* lifted_artist = lift_command->add_option("--artist", options->artist, "name of an artist");
  auto* lifted_song = lift_command->add_option("--song", options->song, "id of a song");
  lifted_artist->excludes(lifted_song);
  lift_command->callback(runs(lift));
  for (auto* command : {artist, song, list_command, lift_command}) add_common(*command, options);
  ban->footer(
      "Example:\n"
      "  harmonic ban artist \"Some Singer\"\n"
      "  harmonic ban song 42 --listener ann\n"
      "  harmonic ban lift --artist \"Some Singer\"");
}

}  // namespace harmonic::app
