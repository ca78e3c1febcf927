#include "scan/song_of.h"

#include <utility>

#include "audio/mood.h"

namespace harmonic::scan {

namespace {

catalog::Tags tags_of(audio::Tags&& tags) {
  return {std::move(tags.title),
          std::move(tags.artist),
          std::move(tags.album),
          std::move(tags.album_artist),
          std::move(tags.genre),
          tags.track,
          tags.year};
}

}  // namespace

catalog::Song song_of(const FoundFile& file, const catalog::ContentKey& content,
                      audio::Claims&& claims) {
  catalog::Song song;
  song.path = file.path;
  song.stamp = file.stamp;
  song.content = content;
  song.container = std::move(claims.container);
  song.duration = claims.duration.value_or(std::chrono::milliseconds{0});
  song.tags = tags_of(std::move(claims.tags));
  return song;
}

catalog::Song song_of(const FileToHear& file, audio::Analysis&& heard) {
  catalog::Song song;
  song.path = file.path;
  song.stamp = file.stamp;
  song.content = file.content;
  song.container = std::move(heard.container);
  song.duration = heard.duration;
  song.tags = tags_of(std::move(heard.tags));
  song.sound.version = audio::kAnalysisVersion;
  song.sound.loudness_lufs = heard.loudness_lufs;
  song.sound.loudness_range_lu = heard.loudness_range_lu;
  song.sound.tempo = heard.tempo;
  song.sound.key = heard.key;
  song.sound.tempo_confidence = heard.tempo_confidence;
  song.sound.key_strength = heard.key_strength;
  song.sound.vector = std::move(heard.features);
  song.sound.mood = heard.mood;
  song.sound.mood_version = audio::kMoodVersion;
  return song;
}

}  // namespace harmonic::scan
