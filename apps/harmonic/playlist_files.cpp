// harmonic playlist import and export: .m3u8, .xspf and .nsp.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "commands.h"
#include "playlist_house.h"
#include "smartlist/exchange.h"
#include "smartlist/nsp.h"
#include "songlist/text.h"

namespace harmonic::app {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using catalog::Playlist;

struct FileOptions {
  std::vector<std::string> files;
  std::string playlist, file, name, data;
  std::string listener{catalog::kOnlyListener};
  bool replace = false;
  bool json = false;
};

using smartlist::Imported;

/// The folder that a playlist file's relative paths start from.
fs::path folder_of(const fs::path& file) {
  std::error_code problem;
  const auto folder = fs::absolute(file).parent_path();
  const auto real = fs::canonical(folder, problem);
  return problem ? folder.lexically_normal() : real;
}

Result<Imported> import_file(const std::string& file, const FileOptions& options,
                             const PlaylistHouse& house, const smartlist::Finder& finder) {
  const smartlist::Origin from{file, options.name, folder_of(file)};
  if (smartlist::holds_rules(file)) {
    HARMONIC_TRY(const auto text, smartlist::read_whole(file, smartlist::kMostRuleBytes));
    return smartlist::import_rules(text, from, house.moment);
  }
  HARMONIC_TRY(const auto read, smartlist::read_playlist_file(file));
  return smartlist::import_songs(read, from, finder, house.moment);
}

/// In the place of the playlist of that name, where it may.
void stand_in(Playlist& playlist, const PlaylistHouse& house) {
  for (const auto& other : house.playlists) {
    if (songlist::lowered(other.name) != songlist::lowered(playlist.name)) continue;
    playlist.id = other.id;
    playlist.version = other.version;
    playlist.created_at = other.created_at;
  }
}

void tell(const Imported& made, std::size_t songs) {
  std::printf("%s: %zu songs", made.playlist.name.c_str(), songs);
  if (made.by_tags > 0) std::printf(", %zu of them found by title and artist", made.by_tags);
  std::printf("\n");
  for (const auto& name : made.missing) std::printf("  not in the library: %s\n", name.c_str());
  for (const auto& name : made.ambiguous)
    std::printf("  several songs are called that: %s\n", name.c_str());
}

Json json_of(const std::string& file, const Imported& made, PlaylistId id, std::size_t songs) {
  return {{"file", file},
          {"id", id.value},
          {"name", made.playlist.name},
          {"songs", songs},
          {"by_path", made.by_path},
          {"by_tags", made.by_tags},
          {"missing", made.missing},
          {"ambiguous", made.ambiguous}};
}

/// All files become playlists, or none.
Result<void> import_files(const FileOptions& options) {
  if (options.files.size() > 1 && !options.name.empty()) {
    return fail(ErrorKind::kInvalidInput, "--name is for one file; name the others later");
  }
  HARMONIC_TRY(auto house, open_playlist_house(options.data, options.listener));
  const smartlist::Finder finder{house.songs};
  std::vector<Imported> all;
  std::vector<Playlist> playlists;
  for (const auto& file : options.files) {
    HARMONIC_TRY(auto made, import_file(file, options, house, finder));
    if (options.replace) stand_in(made.playlist, house);
    playlists.push_back(made.playlist);
    all.push_back(std::move(made));
  }
  HARMONIC_TRY(const auto ids, house.kept->put_playlists(playlists));
  // The files' rules may name each other, so they are worked out when all are there.
  HARMONIC_TRY(house.playlists, house.kept->playlists());
  Json json = Json::array();
  for (std::size_t i = 0; i < all.size(); ++i) {
    HARMONIC_TRY(const auto kept, playlist_named(house, all[i].playlist.name));
    const auto list = listed(house, kept);
    if (!list) {
      HARMONIC_CHECK(house.kept->undo_change());
      return tl::unexpected{list.error()};
    }
    json.push_back(json_of(options.files[i], all[i], ids[i], list->songs.size()));
    if (!options.json) tell(all[i], list->songs.size());
  }
  if (options.json) print({{"imported", json}});
  return {};
}

Result<void> write_file(const fs::path& file, const std::string& text, bool replace) {
  std::error_code problem;
  if (!replace && fs::exists(file, problem)) {
    return fail(ErrorKind::kInvalidInput,
                file.string() + " is there already; --replace writes over it");
  }
  auto beside = file;
  beside += ".part";  // so that a full disk leaves no half of a playlist
  std::ofstream stream{beside, std::ios::binary};
  stream << text;
  stream.close();
  if (stream) fs::rename(beside, file, problem);
  if (!stream || problem) {
    fs::remove(beside, problem);
    return fail(ErrorKind::kUnavailable,
                file.string() + " cannot be written; look at its folder's rights and space");
  }
  return {};
}

Result<void> export_file(const FileOptions& options) {
  HARMONIC_TRY(const auto house, open_playlist_house(options.data, options.listener));
  HARMONIC_TRY(const auto playlist, playlist_named(house, options.playlist));
  HARMONIC_TRY(const auto list, listed(house, playlist));
  HARMONIC_TRY(const auto text,
               smartlist::exported(options.file, playlist, list.songs, folder_of(options.file)));
  HARMONIC_CHECK(write_file(options.file, text, options.replace));
  if (options.json) {
    print({{"file", options.file}, {"songs", list.songs.size()}, {"missing", list.missing}});
    return {};
  }
  std::printf("%s has %zu songs\n", options.file.c_str(), list.songs.size());
  for (const auto& path : list.missing) std::printf("left out, missing: %s\n", path.c_str());
  return {};
}

using Options = std::shared_ptr<FileOptions>;

}  // namespace

void add_playlist_files(CLI::App& playlist, const SetExit& set_exit) {
  const auto options = std::make_shared<FileOptions>();
  auto* import = playlist.add_subcommand("import", "Takes playlists from files.");
  import->add_option("file", options->files, ".m3u8, .m3u, .xspf or .nsp files")->required();
  import->add_option("--name", options->name, "name of the playlist (default: as the file says)");
  import->add_flag("--replace", options->replace, "in the place of a playlist of the same name");
  add_common(*import, *options);
  import->footer(
      "Examples:\n"
      "  harmonic playlist import ~/Music/road.m3u8\n"
      "  harmonic playlist import recent.nsp --name \"Heard lately\" --replace\n"
      "A song is found by its path, else by title and artist, with the duration where several fit. "
      "What is not found is named.");
  import->callback([options, set_exit] { set_exit(end_playlist(import_files(*options)));
});

auto* to = playlist.add_subcommand("export", "Writes a playlist into a file.");
to->add_option("playlist", options->playlist, "name or number of the playlist")->required();
to->add_option("file", options->file, "NAME.m3u8, NAME.xspf, or NAME.nsp for rules")->required();
to->add_flag("--replace", options->replace, "write over the file");
add_common(*to, *options);
to->footer(
    "Examples:\n"
    "  harmonic playlist export Road ~/Music/road.m3u8\n"
    "  harmonic playlist export Quiet quiet.nsp\n"
    "Paths of songs beside or below the file are relative to it.");
to->callback([options, set_exit] { set_exit(end_playlist(export_file(*options))); });
}  // namespace harmonic::app

}  // namespace harmonic::app
