#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>
#include <vector>

#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "scan/content.h"
#include "scan/walk.h"
#include "store/sqlite_store.h"
#include "tagging/tagging.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;
using catalog::Song;

struct TagOptions {
  std::vector<std::string> named;
  std::string data;
  bool dry_run = false;
  bool undo = false;
  bool json = false;
};

/// What became of one song: nothing to do where there are no differences.
struct Done {
  std::vector<tagging::Difference> differences;
  bool changed = false;
};

/// The sound is the same, so the next scan need not hear it again.
Result<void> keep(catalog::Store& store, Song song) {
  HARMONIC_TRY(const auto glimpse, scan::glimpse(song.path));
  song.content = glimpse.content;
  HARMONIC_CHECK(store.put_song(song));
  return {};
}

Result<Done> write(catalog::Store& store, Song song, const TagOptions& options,
                   const std::filesystem::path& data) {
  HARMONIC_TRY(auto differences, tagging::differences(song));
  if (options.dry_run || differences.empty()) return Done{std::move(differences), false};
  HARMONIC_TRY(song.stamp, tagging::write_tags(song, differences, data));
  HARMONIC_CHECK(keep(store, std::move(song)));
  return Done{std::move(differences), true};
}

Result<Done> undo(catalog::Store& store, Song song, const std::filesystem::path& data) {
  HARMONIC_TRY(const auto stamp, tagging::restore_tags(song.path, data));
  if (!stamp) return Done{};
  song.stamp = *stamp;
  HARMONIC_CHECK(keep(store, std::move(song)));
  return Done{{}, true};
}

void tell(const Song& song, const Done& done, const TagOptions& options) {
  if (options.json) {
    Json fields = Json::array();
    for (const auto& [field, before, after] : done.differences)
      fields.push_back({{"field", field}, {"before", before}, {"after", after}});
    const Json row{
        {"file", song.path.string()}, {"changed", done.changed}, {"fields", std::move(fields)}};
    std::cout << row.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
    return;
  }
  if (done.differences.empty() && !done.changed) return;
  std::printf("%s%s\n", song.path.c_str(), options.undo ? ": as it was before" : "");
  for (const auto& [field, before, after] : done.differences) {
    std::printf("  %-17s %s -> %s\n", field.c_str(), before.empty() ? "-" : before.c_str(),
                after.c_str());
  }
}

/// The library's songs under what was named.
Result<std::vector<Song>> songs_under(const catalog::Store& store,
                                      const std::vector<std::string>& named) {
  HARMONIC_TRY(const auto all, store.songs());
  std::vector<Song> chosen;
  for (const auto& name : named) {
    std::error_code error;
    const auto root = std::filesystem::canonical(name, error);
    if (error) return fail(ErrorKind::kNotFound, name + ": there is no such file or folder");
    const auto before = chosen.size();
    std::copy_if(all.begin(), all.end(), std::back_inserter(chosen),
                 [&root](const Song& song) { return scan::is_inside(song.path, root); });
    if (chosen.size() == before) {
      return fail(ErrorKind::kNotFound,
                  name + ": the library knows no song there; scan it first (harmonic scan)");
    }
  }
  return chosen;
}

/// The exit code: that of the first song that failed; the others are done all the same.
Result<int> tag_songs(const TagOptions& options) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  if (!store::holds_library(data)) {
    return fail(ErrorKind::kNotFound,
                data.string() + " holds no library; scan the music first (harmonic scan)");
  }
  HARMONIC_TRY(const auto store, store::open(data));
  HARMONIC_TRY(const auto songs, songs_under(*store, options.named));
  int exit = kExitDone;
  std::size_t changed = 0;
  std::size_t pending = 0;
  for (const auto& song : songs) {
    const auto done = options.undo ? undo(*store, song, data) : write(*store, song, options, data);
    if (!done) {
      if (exit == kExitDone) exit = exit_code(done.error().kind);
      std::cerr << done.error().message << '\n';
      continue;
    }
    changed += done->changed ? 1 : 0;
    pending += done->differences.empty() ? 0 : 1;
    tell(song, *done, options);
  }
  if (!options.json) {
    std::printf("%zu songs: %zu %s\n", songs.size(), options.dry_run ? pending : changed,
                options.dry_run ? "would be written"
                : options.undo  ? "as they were"
                                : "written");
  }
  return exit;
}

int run_tag(const TagOptions& options) {
  const auto exit = tag_songs(options);
  if (exit) return *exit;
  std::cerr << "harmonic tag: " << exit.error().message << '\n';
  return exit_code(exit.error().kind);
}

}  // namespace

void add_tag(CLI::App& app, const SetExit& set_exit) {
  auto options = std::make_shared<TagOptions>();
  auto* command = app.add_subcommand(
      "tag", "Write the moods of the library's songs into their files, or undo it");
  command->add_option("PATH", options->named, "songs of the library, or folders of them")
      ->required();
  command->add_option("--data", options->data,
                      "data folder of the library (default: ~/.local/share/harmonic)");
  auto* dry_run =
      command->add_flag("--dry-run", options->dry_run, "only show what would be written");
  command
      ->add_flag("--undo", options->undo, "give the files their former tags back, to the last byte")
      ->excludes(dry_run);
  command->add_flag("--json", options->json,
                    "a line a song: {file, changed, fields: [{field, before, after}]}");
  command->footer(
      "Examples:\n"
      "  harmonic tag ~/Music/album --dry-run\n"
      "  harmonic tag ~/Music\n"
      "  harmonic tag ~/Music --undo\n"
      "Writes MOOD, HARMONIC_VALENCE and HARMONIC_AROUSAL, and BPM and INITIALKEY where the file "
      "has "
      "none.\n"
      "The sound is compared packet by packet before a file is replaced. Rights and owner stay; "
      "the "
      "time of the\n"
      "last change becomes now, and the old one again with --undo. What undoes it lies in "
      "former_tags "
      "of the\n"
      "data folder. A file that another program changed since is not undone.");
  command->callback([options, set_exit] { set_exit(run_tag(*options)); });
}

}  // namespace harmonic::app
