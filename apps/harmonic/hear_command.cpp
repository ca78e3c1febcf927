#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "audio/analyse.h"
#include "audio/cover.h"
#include "audio/cue_song.h"
#include "audio/lyrics.h"
#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "hear_draw.h"
#include "mood/model.h"
#include "server/song_json.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;

struct HearOptions {
  std::vector<std::string> files;
  bool tags = false;
  bool json = false;
  std::string draw;
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

Json json_of(const mood::Mood& mood) {
  Json row{{"valence", mood.point.valence()},
           {"arousal", mood.point.arousal()},
           {"valence_doubt", mood.valence_doubt},
           {"arousal_doubt", mood.arousal_doubt},
           {"sounds_like", mood::kGenres[mood.genre]}};
  for (std::size_t i = 0; i < mood::kGems.size(); ++i)
    row["emotions"][std::string{mood::kGems[i]}] = mood.gems[i];
  return row;
}

Json json_of(const std::string& file, const audio::Analysis& song, const mood::Mood& mood) {
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
  row.update(json_of(mood));
  const auto& names = audio::feature_names();
  for (std::size_t i = 0; i < names.size(); ++i) row[std::string{names[i]}] = song.features[i];
  return row;
}

// Tags and paths may hold any bytes; the line stays valid JSON.
std::string line_of(const Json& row) {
  return row.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// "joyful activation 41 %, power 30 %": the three that most listeners would name.
std::string strongest_emotions(const mood::Mood& mood) {
  std::vector<std::size_t> order(mood::kGems.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return mood.gems[a] > mood.gems[b]; });
  std::string text;
  for (std::size_t i = 0; i < 3; ++i) {
    std::string name{mood::kGems[order[i]]};
    std::replace(name.begin(), name.end(), '_', ' ');
    text += (i == 0 ? "" : ", ") + name + " " +
            std::to_string(std::lround(100.0F * mood.gems[order[i]])) + " %";
  }
  return text;
}

void print_for_people(const std::string& file, const audio::Analysis& song,
                      const mood::Mood& mood) {
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
  std::printf("  mood      valence %+.2f +- %.2f, arousal %+.2f +- %.2f\n",
              static_cast<double>(mood.point.valence()), static_cast<double>(mood.valence_doubt),
              static_cast<double>(mood.point.arousal()), static_cast<double>(mood.arousal_doubt));
  std::printf("  feels     %s\n", strongest_emotions(mood).c_str());
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
    const bool absent = value.is_null() ||
                        (value.is_string() && value.get_ref<const std::string&>().empty()) ||
                        (value.is_array() && value.empty());
    if (!absent) std::printf("%-14s %s\n", name.c_str(), line_of(value).c_str());
  }
}

/// One file, heard or only read, as a line or for people.
Result<void> tell(const std::string& file, const HearOptions& options, const mood::Model& model) {
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
  const auto mood = model.mood_of(song.features);
  if (!options.draw.empty()) HARMONIC_CHECK(draw_heard(file, song, mood, model, options.draw));
  if (options.json) {
    std::cout << line_of(json_of(file, song, mood)) << std::endl;
  } else {
    print_for_people(file, song, mood);
  }
  return {};
}

void tell_track(const std::string& file, const audio::CueSheet& sheet, const audio::CueTrack& track,
                audio::Analysis song, const HearOptions& options, const mood::Model& model) {
  audio::tell_track(song.tags, sheet, track);
  const auto mood = model.mood_of(song.features);
  if (!options.json) return print_for_people(file + " " + std::to_string(track.number), song, mood);
  auto row = json_of(file, song, mood);
  row["sound"] = track.file;
  row["start"] = static_cast<double>(track.start.count()) / 1000.0;
  row["end"] = track.end ? Json(static_cast<double>(track.end->count()) / 1000.0) : Json(nullptr);
  std::cout << line_of(row) << std::endl;
}

/// The tracks of one sound file, from `first` on; gives how many they are.
Result<std::size_t> tell_tracks(const std::string& file, const audio::CueSheet& sheet,
                                std::size_t first, const HearOptions& options,
                                const mood::Model& model) {
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
    tell_track(file, sheet, tracks[first + i], *song, options, model);
  }
  return parts.size();
}

Result<void> tell_cue(const std::string& file, const HearOptions& options,
                      const mood::Model& model) {
  HARMONIC_TRY(const auto sheet, audio::read_cue(file));
  for (std::size_t first = 0; first < sheet.tracks.size();) {
    HARMONIC_TRY(const auto told, tell_tracks(file, sheet, first, options, model));
    first += told;
  }
  return {};
}

int hear(const HearOptions& options) {
  if (!options.draw.empty() &&
      (options.files.size() > 1 || audio::is_cue_sheet(options.files.front()))) {
    std::cerr << "harmonic hear: --draw makes one picture of one song: name one sound file\n";
    return kExitUsage;
  }
  const auto share = share_dir();
  const auto model =
      share ? mood::load_shipped_model(*share) : Result<mood::Model>{tl::unexpected{share.error()}};
  if (!model) {
    std::cerr << "harmonic hear: " << model.error().message << '\n';
    return exit_code(model.error().kind);
  }
  int exit = kExitDone;
  for (const auto& file : options.files) {
    const auto told =
        audio::is_cue_sheet(file) ? tell_cue(file, options, *model) : tell(file, options, *model);
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
  auto* tags = command->add_flag("--tags", options->tags,
                                 "only what is written: tags, picture, lyrics; nothing is decoded");
  command
      ->add_option(
          "--draw", options->draw,
          "write a picture (PNG) of one song: waveform, chromagram, tempo and mood over time")
      ->type_name("PICTURE")
      ->excludes(tags);
  command->add_flag("--json", options->json,
                    "one JSON object a line, with every feature (docs/features.md)");
  command->footer(
      "Examples:\n"
      "  harmonic hear song.mp3\n"
      "  harmonic hear --tags song.mp3\n"
      "  harmonic hear album.cue --json\n"
      "  harmonic hear song.mp3 --draw song.png\n"
      "  harmonic hear --json music/*.flac > features.jsonl\n"
      "A file that cannot be read gives {\"file\", \"error\"}; the exit code is that of the first "
      "such file.");
  command->callback([options, set_exit] { set_exit(hear(*options)); });
}

}  // namespace harmonic::app
