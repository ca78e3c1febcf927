#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "audio/analyse.h"
#include "audio/cover.h"
#include "audio/cue_sheet.h"
#include "audio/lyrics.h"
#include "base/status.h"
#include "commands.h"
#include "server/song_json.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;

struct HearOptions {
  std::vector<std::string> files;
  bool tags = false;
  bool json = false;
};

Json json_of(const std::string& file, const audio::Tags& tags) {
  Json row{{"file", file},
           {"title", tags.title},
           {"artist", tags.artist},
           {"album", tags.album},
           {"genre", tags.genre}};
  server::add_tags(row, tags);
  return row;
}

Json json_of(const std::string& file, const audio::Analysis& song) {
  auto row = json_of(file, song.tags);
  const auto& written = song.tags.replay_gain.track_db;
  row["track_gain_db"] = written ? *written : kReplayGainLufs - song.loudness_lufs;
  row["track_gain_from"] = written ? "file" : "computed";
  row["container"] = song.container;
  row["duration"] = static_cast<double>(song.duration.count()) / 1000.0;
  row["bpm"] = song.tempo ? Json(song.tempo->bpm()) : Json(nullptr);
  row["tempo_confidence"] = song.tempo_confidence;
  row["key"] = song.key ? Json(name_of(*song.key)) : Json(nullptr);
  row["key_strength"] = song.key_strength;
  row["valence"] = song.mood.valence();
  row["arousal"] = song.mood.arousal();
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

/// What the file says, its picture and its lyrics, without listening.
Result<Json> words_of(const std::string& file) {
  const std::filesystem::path path{file};
  HARMONIC_TRY(const auto tags, audio::read_tags(path));
  HARMONIC_TRY(const auto cover, audio::find_cover(path));
  HARMONIC_TRY(const auto lyrics, audio::find_lyrics(path));
  auto row = json_of(file, tags);
  row["cover"] = nullptr;
  if (cover) row["cover"] = {{"media_type", cover->media_type}, {"bytes", cover->bytes.size()}};
  row["lyrics"] = nullptr;
  if (lyrics) {
    auto lines = Json::array();
    for (const auto& line : lyrics->lines) lines.push_back(line.text);
    row["lyrics"] = {{"timed", lyrics->timed}, {"lines", std::move(lines)}};
  }
  return row;
}

void print_for_people(const Json& words) {
  for (const auto& [name, value] : words.items()) {
    const bool absent = value.is_null() || value == "" || (value.is_array() && value.empty());
    if (!absent) std::printf("%-14s %s\n", name.c_str(), line_of(value).c_str());
  }
}

/// One file, heard or only read, as a line or for people.
Result<void> tell(const std::string& file, const HearOptions& options) {
  if (options.tags) {
    HARMONIC_TRY(const auto words, words_of(file));
    if (options.json) {
      std::cout << line_of(words) << std::endl;
    } else {
      print_for_people(words);
    }
    return {};
  }
  HARMONIC_TRY(const auto song, audio::analyse(std::filesystem::path{file}));
  if (options.json) {
    std::cout << line_of(json_of(file, song)) << std::endl;
  } else {
    print_for_people(file, song);
  }
  return {};
}

bool is_cue_sheet(const std::string& file) {
  const auto ending = std::filesystem::path{file}.extension();
  return ending == ".cue" || ending == ".CUE";
}

void tell_track(const std::string& file, const audio::CueSheet& sheet, const audio::CueTrack& track,
                audio::Analysis song, bool json) {
  if (!track.title.empty()) song.tags.title = track.title;
  if (!track.performer.empty()) {
    song.tags.artist = track.performer;
    song.tags.artists = {track.performer};
  }
  if (!sheet.title.empty()) song.tags.album = sheet.title;
  if (!track.songwriter.empty()) song.tags.composer = track.songwriter;
  song.tags.track = track.number;
  song.tags.musicbrainz = {};  // those of the whole file are not this song's
  song.tags.replay_gain = {};
  if (!json) return print_for_people(file + " " + std::to_string(track.number), song);
  auto row = json_of(file, song);
  row["sound"] = track.file;
  row["start"] = static_cast<double>(track.start.count()) / 1000.0;
  row["end"] = track.end ? Json(static_cast<double>(track.end->count()) / 1000.0) : Json(nullptr);
  std::cout << line_of(row) << std::endl;
}

/// The tracks of one sound file, from `first` on; gives how many they are.
Result<std::size_t> tell_tracks(const std::string& file, const audio::CueSheet& sheet,
                                std::size_t first, bool json) {
  const auto& tracks = sheet.tracks;
  HARMONIC_TRY(const auto sound, audio::sound_of(tracks[first], file));
  std::vector<audio::Part> parts;
  for (auto i = first; i < tracks.size() && tracks[i].file == tracks[first].file; ++i)
    parts.push_back({tracks[i].start, tracks[i].end});
  const auto told = [&sound](const Error& error) {
    return fail(error.kind, sound.filename().string() + " " + error.message);
  };
  const auto songs = audio::analyse_parts(sound, parts);
  if (!songs) return told(songs.error());
  for (std::size_t i = 0; i < songs->size(); ++i) {
    const auto& song = (*songs)[i];
    if (!song) {
      return fail(song.error().kind,
                  "track " + std::to_string(tracks[first + i].number) + " " + song.error().message);
    }
    tell_track(file, sheet, tracks[first + i], *song, json);
  }
  return parts.size();
}

Result<void> tell_cue(const std::string& file, bool json) {
  HARMONIC_TRY(const auto sheet, audio::read_cue(file));
  for (std::size_t first = 0; first < sheet.tracks.size();) {
    HARMONIC_TRY(const auto told, tell_tracks(file, sheet, first, json));
    first += told;
  }
  return {};
}

int hear(const HearOptions& options) {
  int exit = kExitDone;
  for (const auto& file : options.files) {
    const auto told = is_cue_sheet(file) ? tell_cue(file, options.json) : tell(file, options);
    std::fflush(stdout);
    if (told) continue;
    if (exit == kExitDone) exit = exit_code(told.error().kind);
    std::cerr << file << ": " << told.error().message << '\n';
    if (options.json)
      std::cout << line_of({{"file", file}, {"error", told.error().message}}) << std::endl;
  }
  return exit;
}

}  // namespace

void add_hear(CLI::App& app, const SetExit& set_exit) {
  auto options = std::make_shared<HearOptions>();
  auto* command = app.add_subcommand(
      "hear", "What a sound file says: tags, loudness, tempo, key, features, mood");
  command
      ->add_option("FILE", options->files,
                   "sound files: MP3, FLAC, Ogg Vorbis, Opus, M4A, WAV; or cue sheets of them")
      ->required();
  command->add_flag("--tags", options->tags,
                    "only what is written: tags, picture, lyrics; nothing is decoded");
  command->add_flag("--json", options->json,
                    "one JSON object a line, with every feature (docs/features.md)");
  command->footer(
      "Examples:\n"
      "  harmonic hear song.mp3\n"
      "  harmonic hear --tags song.mp3\n"
      "  harmonic hear album.cue --json\n"
      "  harmonic hear --json music/*.flac > features.jsonl\n"
      "A file that cannot be read gives {\"file\", \"error\"}; the exit code is that of the first "
      "such file.");
  command->callback([options, set_exit] { set_exit(hear(*options)); });
}

}  // namespace harmonic::app
