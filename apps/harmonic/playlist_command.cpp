// harmonic playlist: playlists of songs by hand and of rules.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "commands.h"
#include "playlist_house.h"
#include "smartlist/listing.h"
#include "smartlist/nsp.h"
#include "smartlist/typed_rule.h"
#include "song_named.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;
using catalog::Playlist;

struct PlaylistOptions {
  std::string name, new_name, comment, sort, data;
  std::vector<std::string> songs, rules;
  bool any = false;
  std::optional<std::size_t> limit;
  std::optional<double> minutes;
  std::string listener{catalog::kOnlyListener};
  bool json = false;
};

Result<PlaylistHouse> open_house(const PlaylistOptions& options) {
  return open_playlist_house(options.data, options.listener);
}

Result<void> list_playlists(const PlaylistOptions& options) {
  HARMONIC_TRY(const auto house, open_house(options));
  Json json = Json::array();
  for (const auto& playlist : house.playlists) {
    // One list that cannot be worked out must not hide the others.
    const auto list = listed(house, playlist);
    const auto* const kind = playlist.rules ? "rules" : "songs";
    json.push_back({{"id", playlist.id.value},
                    {"name", playlist.name},
                    {"comment", playlist.comment},
                    {"kind", kind},
                    {"songs", list ? Json(list->songs.size()) : Json()},
                    {"missing", list ? Json(list->missing.size()) : Json()},
                    {"problem", list ? Json() : Json(list.error().message)}});
    if (options.json) continue;
    if (!list) {
      std::printf("%s: %s\n", playlist.name.c_str(), list.error().message.c_str());
      continue;
    }
    std::printf("%s: %zu songs%s", playlist.name.c_str(), list->songs.size(),
                playlist.rules ? " by rules" : "");
    if (!list->missing.empty()) std::printf(", %zu more are missing", list->missing.size());
    std::printf("\n");
  }
  if (options.json) {
    print({{"playlists", json}});
  } else if (house.playlists.empty()) {
    std::printf("there is no playlist; `harmonic playlist new NAME --rule RULE` makes one\n");
  }
  return {};
}

void print_for_people(const Playlist& playlist, const Listed& list) {
  std::printf("%s\n", playlist.name.c_str());
  if (!playlist.comment.empty()) std::printf("%s\n", playlist.comment.c_str());
  if (playlist.rules) std::printf("%s\n", playlist.rules->c_str());
  int number = 0;
  for (const auto* song : list.songs) std::printf("%3d. %s\n", ++number, line_of(*song).c_str());
  for (const auto& path : list.missing) std::printf("     missing: %s\n", path.c_str());
}

Result<void> show_playlist(const PlaylistOptions& options) {
  HARMONIC_TRY(const auto house, open_house(options));
  HARMONIC_TRY(const auto playlist, playlist_named(house, options.name));
  HARMONIC_TRY(const auto list, listed(house, playlist));
  if (!options.json) {
    print_for_people(playlist, list);
    return {};
  }
  Json songs = Json::array();
  for (const auto* song : list.songs) songs.push_back(json_of(*song));
  print({{"id", playlist.id.value},
         {"name", playlist.name},
         {"comment", playlist.comment},
         {"rules", playlist.rules ? Json::parse(*playlist.rules, nullptr, false) : Json()},
         {"songs", songs},
         {"missing", list.missing}});
  return {};
}

Result<std::string> rules_of(const PlaylistOptions& options) {
  smartlist::Rules rules;
  rules.root.gather = options.any ? smartlist::Gather::kAny : smartlist::Gather::kAll;
  rules.root.rules.reserve(options.rules.size());
  for (const auto& text : options.rules) {
    HARMONIC_TRY(auto rule, smartlist::read_typed_rule(text));
    rules.root.rules.push_back({std::move(rule)});
  }
  HARMONIC_TRY(rules.sort, smartlist::parse_sort(options.sort));
  rules.limit = options.limit;
  rules.limit_minutes = options.minutes;
  return smartlist::write_nsp(rules);
}

Result<std::vector<SongId>> ids_of(const std::vector<std::string>& names,
                                   std::span<const catalog::Song> songs) {
  std::vector<SongId> ids;
  ids.reserve(names.size());
  for (const auto& name : names) {
    HARMONIC_TRY(const auto index, song_named(songs, name));
    ids.push_back(songs[index].id);
  }
  return ids;
}

/// Keeps the playlist once it is known that it can be worked out, and says how it is now.
Result<void> keep(const PlaylistHouse& house, Playlist playlist, const PlaylistOptions& options) {
  playlist.changed_at = house.moment.now;
  HARMONIC_TRY(const auto list, listed(house, playlist));
  HARMONIC_TRY(const auto ids, house.kept->put_playlists(std::span{&playlist, 1}));
  if (options.json) {
    print({{"id", ids.front().value},
           {"name", playlist.name},
           {"songs", list.songs.size()},
           {"missing", list.missing}});
  } else {
    std::printf("%s has %zu songs\n", playlist.name.c_str(), list.songs.size());
    for (const auto& path : list.missing) std::printf("missing: %s\n", path.c_str());
  }
  return {};
}

Result<void> make_playlist(const PlaylistOptions& options) {
  HARMONIC_TRY(const auto house, open_house(options));
  HARMONIC_TRY(auto playlist, smartlist::new_playlist(options.name, house.moment));
  playlist.comment = options.comment;
  HARMONIC_TRY(playlist.songs, ids_of(options.songs, house.songs));
  if (!options.rules.empty()) {
    HARMONIC_TRY(playlist.rules, rules_of(options));
  }
  return keep(house, std::move(playlist), options);
}

Result<Playlist> made_by_hand(const PlaylistHouse& house, const std::string& name) {
  HARMONIC_TRY(auto playlist, playlist_named(house, name));
  if (!playlist.rules) return playlist;
  return fail(ErrorKind::kInvalidInput, "the playlist '" + playlist.name +
                                            "' has rules, which choose its songs; none can be "
                                            "added or removed by hand");
}

Result<void> add_songs(const PlaylistOptions& options) {
  HARMONIC_TRY(const auto house, open_house(options));
  HARMONIC_TRY(auto playlist, made_by_hand(house, options.name));
  HARMONIC_TRY(const auto ids, ids_of(options.songs, house.songs));
  playlist.songs.insert(playlist.songs.end(), ids.begin(), ids.end());
  return keep(house, std::move(playlist), options);
}

Result<void> remove_songs(const PlaylistOptions& options) {
  HARMONIC_TRY(const auto house, open_house(options));
  HARMONIC_TRY(auto playlist, made_by_hand(house, options.name));
  std::vector<catalog::Song> in_it;
  std::copy_if(house.songs.begin(), house.songs.end(), std::back_inserter(in_it),
               [&](const catalog::Song& song) {
                 return std::find(playlist.songs.begin(), playlist.songs.end(), song.id) !=
                        playlist.songs.end();
               });
  HARMONIC_TRY(const auto ids, ids_of(options.songs, in_it));
  std::erase_if(playlist.songs,
                [&](SongId song) { return std::find(ids.begin(), ids.end(), song) != ids.end(); });
  return keep(house, std::move(playlist), options);
}

/// The others' rules that name the playlist are changed with it, as one change.
Result<void> rename_playlist(const PlaylistOptions& options) {
  HARMONIC_TRY(const auto house, open_house(options));
  HARMONIC_TRY(const auto playlist, playlist_named(house, options.name));
  HARMONIC_TRY(const auto changed,
               smartlist::renaming(house.playlists, playlist, options.new_name, house.moment));
  HARMONIC_CHECK(house.kept->put_playlists(changed));
  if (options.json) {
    print({{"id", playlist.id.value},
           {"name", changed[0].name},
           {"rules_changed", changed.size() - 1}});
  } else {
    std::printf("%s is called %s now\n", playlist.name.c_str(), changed[0].name.c_str());
  }
  return {};
}

Result<void> delete_playlist(const PlaylistOptions& options) {
  HARMONIC_TRY(const auto house, open_house(options));
  HARMONIC_TRY(const auto playlist, playlist_named(house, options.name));
  HARMONIC_CHECK(house.kept->remove_playlist(playlist.id));
  if (options.json) {
    print({{"deleted", playlist.name}});
  } else {
    std::printf("%s is deleted; `harmonic playlist undo` brings it back\n", playlist.name.c_str());
  }
  return {};
}

Result<void> undo(const PlaylistOptions& options) {
  HARMONIC_TRY(const auto house, open_house(options));
  HARMONIC_TRY(const auto names, house.kept->undo_change());
  if (options.json) {
    print({{"undone", names}});
    return {};
  }
  for (const auto& name : names) std::printf("the last change of %s is undone\n", name.c_str());
  return {};
}

using Options = std::shared_ptr<PlaylistOptions>;

void add_new(CLI::App& playlist, const Options& options, const std::function<void()>& run) {
  auto* command = playlist.add_subcommand("new", "Makes a playlist, of songs or of rules.");
  command->add_option("name", options->name, "its name")->required();
  auto* songs = command->add_option("song", options->songs,
                                    "songs: number, title, or a part of title and artist");
  auto* rules = command->add_option("--rule", options->rules,
                                    "FIELD OPERATOR VALUE; all must hold, and the list is live");
  rules->allow_extra_args(false)->excludes(songs);
  command->add_flag("--any", options->any, "one of the rules is enough")->needs(rules);
  command
      ->add_option("--sort", options->sort,
                   "fields, with a minus before those to turn round: \"-playcount,title\", random")
      ->needs(rules);
  command->add_option("--limit", options->limit, "songs at most")
      ->check(CLI::Range(1, 1'000'000'000))
      ->needs(rules);
  command->add_option("--minutes", options->minutes, "minutes of music at most")
      ->check(CLI::Range(1.0, 1e9))
      ->needs(rules);
  command->add_option("--comment", options->comment, "a line about it");
  add_common(*command, *options);
  command->footer(
      "Examples:\n"
      "  harmonic playlist new Road \"Clair de lune\" 42\n"
      "  harmonic playlist new Fresh --rule \"mood is happy\" --rule \"bpm 100..130\" "
      "--rule \"lastplayed not in the last 30\" --sort random --limit 50\n"
      "  harmonic playlist new Mix --rule \"key in harmony with Am\" --rule \"genre is Rock|Pop\" "
      "--rule \"not in playlist Road\"\n"
      "Fields: " +
      smartlist::field_names() + ".\ndocs/playlists.md has all fields and operators.");
  command->callback(run);
}

CLI::App* add_named(CLI::App& playlist, const char* name, const char* help, const Options& options,
                    const std::function<void()>& run) {
  auto* command = playlist.add_subcommand(name, help);
  command->add_option("name", options->name, "name or number of the playlist")->required();
  add_common(*command, *options);
  command->callback(run);
  return command;
}

}  // namespace

void add_playlist(CLI::App& app, const SetExit& set_exit) {
  auto* playlist =
      app.add_subcommand("playlist", "Playlists: songs by hand, or rules that choose them");
  playlist->require_subcommand(1);
  const auto options = std::make_shared<PlaylistOptions>();
  const auto runs = [options, set_exit](auto action) {
    return [options, set_exit, action] { set_exit(end_playlist(action(*options))); };
  };
  auto* list = playlist->add_subcommand("list", "Names the playlists.");
  add_common(*list, *options);
  list->callback(runs(list_playlists));
  add_named(*playlist, "show", "The songs of a playlist, chosen now.", options,
            runs(show_playlist));
  add_new(*playlist, options, runs(make_playlist));
  const auto takes_songs = [&](const char* name, const char* help, auto action) {
    add_named(*playlist, name, help, options, runs(action))
        ->add_option("song", options->songs, "number, title, or a part of title and artist")
        ->required();
  };
  takes_songs("add", "Adds songs at the end.", add_songs);
  takes_songs("remove", "Takes songs out.", remove_songs);
  add_named(*playlist, "rename", "Changes the name, in other playlists' rules too.", options,
            runs(rename_playlist))
      ->add_option("to", options->new_name, "the new name")
      ->required();
  add_named(*playlist, "delete", "Deletes a playlist; no song is deleted.", options,
            runs(delete_playlist));
  auto* back = playlist->add_subcommand("undo", "Takes back the last change of a playlist.");
  add_common(*back, *options);
  back->callback(runs(undo));
  add_playlist_files(*playlist, set_exit);
  playlist->footer(
      "Examples:\n"
      "  harmonic playlist import ~/old/*.m3u8\n"
      "  harmonic playlist new Quiet --rule \"arousal < -0.3\" --rule \"loudness < -16\"\n"
      "  harmonic playlist show Quiet --json\n"
      "  harmonic playlist export Quiet quiet.nsp");
}

}  // namespace harmonic::app
