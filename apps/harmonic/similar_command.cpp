// harmonic similar: songs of the library that sound most like one of them.
#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "library_answers.h"
#include "recommend/snapshot.h"
#include "similar/vector_index.h"
#include "song_named.h"
#include "songlist/text.h"
#include "store/sqlite_store.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;

struct SimilarOptions {
  std::string song;
  std::size_t count = 10;
  std::size_t at_most_per_artist = 0;
  std::string data;
  bool json = false;
};

struct Similar {
  std::vector<catalog::Song> songs;
  std::size_t song = 0;
  std::vector<similar::Neighbour> best;
};

/// Songs that name no artist are not one artist's.
std::vector<std::uint32_t> artists_of(const recommend::Snapshot& songs) {
  std::vector<std::uint32_t> artists(songs.size());
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const bool named = !songlist::trimmed(songs.song(i).artist).empty();
    artists[i] = named ? songs.artist(i) : static_cast<std::uint32_t>(songs.artist_count() + i);
  }
  return artists;
}

Result<std::vector<similar::Neighbour>> most_like(const recommend::Snapshot& songs,
                                                  std::size_t song, const SimilarOptions& options) {
  std::vector<float> rows;
  rows.reserve(songs.size() * songs.dimensions());
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const auto sound = songs.sound(i);
    rows.insert(rows.end(), sound.begin(), sound.end());
  }
  HARMONIC_TRY(const auto index, similar::VectorIndex::build(rows, songs.dimensions()));
  HARMONIC_TRY(const auto query, index.query(songs.sound(song)));
  const std::vector<std::uint32_t> itself{static_cast<std::uint32_t>(song)};
  std::vector<std::uint32_t> artists;
  similar::Filter filter{{}, itself, {}};
  if (options.at_most_per_artist > 0) {
    artists = artists_of(songs);
    filter.cap = {artists, options.at_most_per_artist};
  }
  return index.top(query, options.count, filter);
}

Result<Similar> find_similar(const SimilarOptions& options) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  // Asking makes no library: a folder without one is told, not filled.
  if (!store::holds_library(data)) return no_songs(data);
  HARMONIC_TRY(const auto store, store::open(data));
  Similar found;
  HARMONIC_TRY(found.songs, store->songs());
  HARMONIC_TRY(found.song, song_named(found.songs, options.song));
  const auto snapshot = recommend::Snapshot::build(found.songs);
  if (!snapshot.has_sound(found.song)) {
    return fail(ErrorKind::kNotFound,
                "what \"" + line_of(found.songs[found.song]) +
                    "\" sounds like is not known, or is like no other's: `harmonic scan DIR` "
                    "without --tags-only hears what was not heard yet");
  }
  HARMONIC_TRY(found.best, most_like(snapshot, found.song, options));
  return found;
}

Json json_of(const catalog::Song& song) {
  return {{"id", song.id.value},
          {"title", song.shown_title()},
          {"artist", song.shown_artist()},
          {"path", song.path.string()}};
}

Json json_of(const Similar& found) {
  Json songs = Json::array();
  for (const auto& [row, product] : found.best) {
    auto song = json_of(found.songs[row]);
    song["similarity"] = std::round(static_cast<double>(product) * 1e6) / 1e6;
    songs.push_back(std::move(song));
  }
  return {{"song", json_of(found.songs[found.song])}, {"songs", songs}};
}

void print_for_people(const Similar& found) {
  std::printf("most like %s\n", line_of(found.songs[found.song]).c_str());
  int number = 0;
  for (const auto& [row, product] : found.best) {
    std::printf("%3d. %s (%.3f)\n", ++number, line_of(found.songs[row]).c_str(),
                static_cast<double>(product));
  }
}

int run_similar(const SimilarOptions& options) {
  const auto found = find_similar(options);
  if (!found) {
    std::cerr << "harmonic similar: " << found.error().message << '\n';
    return exit_code(found.error().kind);
  }
  if (options.json) {
    // Tags and paths may hold any bytes; the output stays valid JSON.
    std::cout << json_of(*found).dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
  } else {
    print_for_people(*found);
  }
  return kExitDone;
}

}  // namespace

void add_similar(CLI::App& app, const SetExit& set_exit) {
  auto options = std::make_shared<SimilarOptions>();
  auto* command =
      app.add_subcommand("similar", "Songs of the library that sound most like one of them");
  command->add_option("song", options->song, "its number, its title, or a part of title and artist")
      ->required();
  command->add_option("--count", options->count, "how many songs at most")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command
      ->add_option("--at-most-per-artist", options->at_most_per_artist,
                   "how many songs of one artist; 0 for any number")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str();
  command->add_option("--data", options->data,
                      "data folder of the library (default: ~/.local/share/harmonic)");
  command->add_flag("--json", options->json,
                    "{song: {id, title, artist, path}, songs: [{id, title, artist, path, "
                    "similarity}]}");
  command->footer(
      "Examples:\n"
      "  harmonic similar \"Clair de lune\" --count 5\n"
      "  harmonic similar 42 --at-most-per-artist 1 --json\n"
      "The similarity is the cosine of the two sounds, 1 for the same sound.");
  command->callback([options, set_exit] { set_exit(run_similar(*options)); });
}

}  // namespace harmonic::app
