// harmonic catalogue: lists of songs that are known by name, with or without a file.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "songlist/csv_table.h"
#include "songlist/elsewhere.h"
#include "songlist/mood_words.h"
#include "songlist/read_list.h"
#include "songlist/text.h"
#include "store/sqlite_lists.h"
#include "store/sqlite_store.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;
using catalog::SongList;

struct CatalogueOptions {
  std::string file, name, data;
  std::vector<std::string> words;  ///< "Word=valence,arousal"
  std::vector<double> scale{-1, 1};
  songlist::ReadOptions read;
  bool dry_run = false;
  bool json = false;
};

void print(const Json& json) {
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

/// "Filmi=0.5,0.2".
Result<void> teach(const std::string& text, std::map<std::string, ValenceArousal>& words) {
  const auto equals = text.rfind('=');
  const auto word = songlist::trimmed(std::string_view{text}.substr(0, equals));
  double valence = 0, arousal = 0;
  char rest = 0;
  if (equals == std::string::npos || word.empty() ||
      std::sscanf(text.c_str() + equals + 1, "%lf,%lf%c", &valence, &arousal, &rest) != 2 ||
      !(std::abs(valence) <= 1 && std::abs(arousal) <= 1)) {
    return fail(ErrorKind::kInvalidInput,
                "'" + text + "' is no WORD=VALENCE,AROUSAL with numbers from -1 to 1");
  }
  words[songlist::lowered(word)] = ValenceArousal::clamped(valence, arousal);
  return {};
}

std::size_t with_file(const SongList& list, const songlist::Shelf& shelf) {
  return static_cast<std::size_t>(std::ranges::count_if(
      list.songs, [&shelf](const auto& song) { return shelf.find(song).has_value(); }));
}

Result<songlist::Shelf> shelf_of(const std::filesystem::path& data) {
  // Asking makes no library: a folder without one has no songs.
  if (!store::holds_library(data)) return songlist::Shelf{{}};
  HARMONIC_TRY(const auto store, store::open(data));
  HARMONIC_TRY(const auto songs, store->songs());
  return songlist::Shelf{songs};
}

void tell(const songlist::ReadList& read, std::size_t here, const CatalogueOptions& options) {
  const auto& report = read.report;
  if (options.json) {
    return print({{"list", read.list.name},
                  {"rows", report.rows},
                  {"songs", read.list.songs.size()},
                  {"in_library", here},
                  {"nameless", report.nameless},
                  {"repeated", report.repeated},
                  {"moodless", report.moodless},
                  {"unknown_words", report.unknown_words},
                  {"stored", !options.dry_run}});
  }
  std::printf(
      "%s: %zu songs of %zu rows (%zu repeated, %zu without a title), %zu of them in the "
      "library%s\n",
      read.list.name.c_str(), read.list.songs.size(), report.rows, report.repeated, report.nameless,
      here, options.dry_run ? "; nothing was stored" : "");
  if (report.moodless == 0) return;
  std::printf("%zu songs have no place in the plane; words without one:", report.moodless);
  std::vector<std::pair<std::size_t, std::string>> words;
  for (const auto& [word, count] : report.unknown_words) words.emplace_back(count, word);
  std::ranges::sort(words, std::greater{});
  if (words.size() > 10) words.resize(10);
  for (const auto& [count, word] : words) std::printf(" %s (%zu)", word.c_str(), count);
  std::printf("\n`--word WORD=VALENCE,AROUSAL` places one.\n");
}

Result<void> import_list(CatalogueOptions options) {
  for (const auto& word : options.words) HARMONIC_CHECK(teach(word, options.read.words));
  options.read.lowest = options.scale.front();
  options.read.highest = options.scale.back();
  HARMONIC_TRY(const auto data, data_dir(options.data));
  HARMONIC_TRY(const auto table, songlist::read_csv(options.file));
  const auto name =
      options.name.empty() ? std::filesystem::path{options.file}.stem().string() : options.name;
  const auto read = songlist::list_of(table, name, options.read);
  if (!read) return fail(read.error().kind, options.file + " " + read.error().message);
  if (!options.dry_run) {
    HARMONIC_TRY(const auto lists, store::open_lists(data));
    HARMONIC_CHECK(lists->put_list(read->list));
  }
  HARMONIC_TRY(const auto shelf, shelf_of(data));
  tell(*read, with_file(read->list, shelf), options);
  return {};
}

Result<void> show_lists(const CatalogueOptions& options) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  std::vector<SongList> all;
  if (store::holds_library(data)) {
    HARMONIC_TRY(const auto lists, store::open_lists(data));
    HARMONIC_TRY(all, lists->lists());
  }
  HARMONIC_TRY(const auto shelf, shelf_of(data));
  Json json = Json::array();
  for (const auto& list : all) {
    const auto here = with_file(list, shelf);
    json.push_back({{"list", list.name}, {"songs", list.songs.size()}, {"in_library", here}});
    if (!options.json) {
      std::printf("%s: %zu songs, %zu of them in the library\n", list.name.c_str(),
                  list.songs.size(), here);
    }
  }
  if (options.json) print({{"lists", json}});
  if (!options.json && all.empty()) {
    std::printf("there is no list; `harmonic catalogue import FILE.csv` makes one\n");
  }
  return {};
}

Result<void> remove_list(const CatalogueOptions& options) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  HARMONIC_TRY(const auto lists, store::open_lists(data));
  HARMONIC_CHECK(lists->remove_list(options.name));
  if (options.json) {
    print({{"removed", options.name}});
  } else {
    std::printf("%s is removed\n", options.name.c_str());
  }
  return {};
}

using Options = std::shared_ptr<CatalogueOptions>;

void add_common(CLI::App& command, const Options& options) {
  command.add_option("--data", options->data,
                     "data folder of the library (default: ~/.local/share/harmonic)");
  command.add_flag("--json", options->json, "one JSON object on standard output");
}

void add_columns(CLI::App& command, const Options& options) {
  auto& columns = options->read.columns;
  command.add_option("--title", columns.title, "column of the title");
  command.add_option("--artist", columns.artist, "column of the artist");
  command.add_option("--album", columns.album, "column of the album");
  command.add_option("--mood", columns.mood,
                     "column of a mood word: happy, sad, calm, romantic...");
  command.add_option("--valence", columns.valence, "column of a valence in numbers");
  command.add_option("--arousal", columns.arousal, "column of an arousal in numbers");
  command.add_option("--scale", options->scale, "lowest and highest of those numbers")
      ->expected(2)
      ->capture_default_str();
  command.add_option("--link", columns.link, "column of a web address");
}

void add_import(CLI::App& catalogue, const Options& options, const std::function<void()>& run) {
  auto* command = catalogue.add_subcommand("import", "Takes a list from a CSV file.");
  command
      ->add_option("file", options->file, "the CSV file, UTF-8, its first line names the columns")
      ->required();
  command->add_option("--name", options->name, "name of the list (default: the file's)");
  add_columns(*command, options);
  command->add_option("--word", options->words,
                      "WORD=VALENCE,AROUSAL places a mood word, from -1 to 1");
  command->add_flag("--dry-run", options->dry_run,
                    "tells what would be stored, and stores nothing");
  add_common(*command, options);
  std::string words;
  for (const auto word : songlist::mood_words()) words += " " + std::string{word};
  command->footer(
      "Examples:\n"
      "  harmonic catalogue import hindi.csv --mood Genre --word Filmi=0.5,0.4\n"
      "  harmonic catalogue import deam.csv --title song_id --valence valence_mean "
      "--arousal arousal_mean --scale 1 9 --dry-run\n"
      "A list of the same name is replaced. Columns that are not named are found by their usual "
      "names.\nMood words that have a place:" +
      words);
  command->callback(run);
}

}  // namespace

void add_catalogue(CLI::App& app, const SetExit& set_exit) {
  auto* catalogue = app.add_subcommand(
      "catalogue", "Lists of songs that are known by name, with or without a file");
  catalogue->require_subcommand(1);
  const auto options = std::make_shared<CatalogueOptions>();
  const auto runs = [options, set_exit](auto action) {
    return [options, set_exit, action] {
      const Result<void> done = action(*options);
      if (!done) std::cerr << "harmonic catalogue: " << done.error().message << '\n';
      set_exit(done ? kExitDone : exit_code(done.error().kind));
    };
  };
  add_import(*catalogue, options, runs(import_list));
  auto* list = catalogue->add_subcommand("list", "Names the lists.");
  add_common(*list, options);
  list->callback(runs(show_lists));
  auto* remove = catalogue->add_subcommand("remove", "Forgets a list.");
  remove->add_option("name", options->name, "which")->required();
  add_common(*remove, options);
  remove->callback(runs(remove_list));
  catalogue->footer("Example:\n  harmonic recommend --emotion sad --elsewhere 5");
}

}  // namespace harmonic::app
