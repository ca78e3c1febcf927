#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "audio/analyse.h"
#include "base/status.h"
#include "commands.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;

struct HearOptions {
  std::vector<std::string> files;
  bool json = false;
};

Json json_of(const std::string& file, const audio::Analysis& song) {
  const auto number_or_null = [](const auto& value) {
    return value ? Json(*value) : Json(nullptr);
  };
  Json row{{"file", file},
           {"title", song.tags.title},
           {"artist", song.tags.artist},
           {"album", song.tags.album},
           {"album_artist", song.tags.album_artist},
           {"genre", song.tags.genre},
           {"track", number_or_null(song.tags.track)},
           {"year", number_or_null(song.tags.year)},
           {"container", song.container},
           {"duration", static_cast<double>(song.duration.count()) / 1000.0},
           {"bpm", song.tempo ? Json(song.tempo->bpm()) : Json(nullptr)},
           {"tempo_confidence", song.tempo_confidence},
           {"key", song.key ? Json(name_of(*song.key)) : Json(nullptr)},
           {"key_strength", song.key_strength},
           {"valence", song.mood.valence()},
           {"arousal", song.mood.arousal()}};
  const auto& names = audio::feature_names();
  for (std::size_t i = 0; i < names.size(); ++i) row[std::string{names[i]}] = song.features[i];
  return row;
}

// Tags and paths may hold any bytes; the line stays valid JSON.
std::string line_of(const Json& row) {
  return row.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void print_for_people(const std::string& file, const audio::Analysis& song) {
  const auto seconds = song.duration.count() / 1000;
  const auto or_dash = [](const std::string& text) { return text.empty() ? "-" : text.c_str(); };
  std::printf("%s\n  title     %s\n  artist    %s\n  album     %s\n", file.c_str(),
              or_dash(song.tags.title), or_dash(song.tags.artist), or_dash(song.tags.album));
  std::printf("  length    %lld:%02lld, %s\n", static_cast<long long>(seconds / 60),
              static_cast<long long>(seconds % 60), song.container.c_str());
  std::printf("  loudness  %.1f LUFS, range %.1f LU\n", static_cast<double>(song.loudness_lufs),
              static_cast<double>(song.loudness_range_lu));
  if (song.tempo) {
    std::printf("  tempo     %.1f bpm (confidence %.2f)\n", song.tempo->bpm(),
                static_cast<double>(song.tempo_confidence));
  } else {
    std::printf("  tempo     no pulse\n");
  }
  std::printf("  key       %s (strength %.2f)\n",
              song.key ? name_of(*song.key).c_str() : "none fits",
              static_cast<double>(song.key_strength));
  std::printf("  mood      valence %+.2f, arousal %+.2f\n",
              static_cast<double>(song.mood.valence()), static_cast<double>(song.mood.arousal()));
}

int hear(const HearOptions& options) {
  int exit = kExitDone;
  for (const auto& file : options.files) {
    const auto song = audio::analyse(std::filesystem::path{file});
    if (!song) {
      if (exit == kExitDone) exit = exit_code(song.error().kind);
      std::cerr << file << ": " << song.error().message << '\n';
      if (options.json)
        std::cout << line_of({{"file", file}, {"error", song.error().message}}) << std::endl;
    } else if (options.json) {
      std::cout << line_of(json_of(file, *song)) << std::endl;
    } else {
      print_for_people(file, *song);
      std::fflush(stdout);
    }
  }
  return exit;
}

}  // namespace

void add_hear(CLI::App& app, const SetExit& set_exit) {
  auto options = std::make_shared<HearOptions>();
  auto* command = app.add_subcommand(
      "hear", "What a sound file says: tags, loudness, tempo, key, features, mood");
  command->add_option("FILE", options->files, "sound files: MP3, FLAC, Ogg Vorbis, Opus, M4A, WAV")
      ->required();
  command->add_flag("--json", options->json,
                    "one JSON object a line, with every feature (docs/features.md)");
  command->footer(
      "Examples:\n"
      "  harmonic hear song.mp3\n"
      "  harmonic hear --json music/*.flac > features.jsonl\n"
      "A file that cannot be read gives {\"file\", \"error\"}; the exit code is that of the first "
      "such file.");
  command->callback([options, set_exit] { set_exit(hear(*options)); });
}

}  // namespace harmonic::app
