#include "scan/song_of.h"

#include <utility>

#include "audio/cue_song.h"

namespace harmonic::scan {

namespace {

/// What a player gets: a track of a cue sheet is made a WAV while it is sent.
std::string container_of(const std::string& path, std::string of_file) {
  return audio::sheet_of(path) ? "wav" : std::move(of_file);
}

}  // namespace

catalog::Song song_of(const FoundFile& file, const catalog::ContentKey& content,
                      audio::Claims&& claims) {
  catalog::Song song;
  song.path = file.path;
  song.stamp = file.stamp;
  song.content = content;
  song.container = container_of(file.path, std::move(claims.container));
  song.duration = claims.duration.value_or(std::chrono::milliseconds{0});
  song.tags = std::move(claims.tags);
  return song;
}

catalog::Song song_of(const FileToHear& file, audio::Analysis&& heard, const mood::Model* moods) {
  catalog::Song song;
  song.path = file.path;
  song.stamp = file.stamp;
  song.content = file.content;
  song.container = container_of(file.path, std::move(heard.container));
  song.duration = heard.duration;
  song.tags = std::move(heard.tags);
  song.sound.version = audio::kAnalysisVersion;
  song.sound.loudness_lufs = heard.loudness_lufs;
  song.sound.loudness_range_lu = heard.loudness_range_lu;
  song.sound.tempo = heard.tempo;
  song.sound.key = heard.key;
  song.sound.tempo_confidence = heard.tempo_confidence;
  song.sound.key_strength = heard.key_strength;
  song.sound.vector = std::move(heard.features);
  if (moods != nullptr) {
    song.sound.mood = moods->mood_of(song.sound.vector).point;
    song.sound.mood_version = moods->version();
  }
  return song;
}

}  // namespace harmonic::scan
