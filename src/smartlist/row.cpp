#include "smartlist/row.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "affect/circumplex.h"
#include "songlist/text.h"

namespace harmonic::smartlist {

namespace {

using catalog::Song;
using catalog::SongHistory;

std::optional<double> finite(const std::optional<float>& value) {
  if (!value || !std::isfinite(*value)) return std::nullopt;
  return static_cast<double>(*value);
}

std::optional<double> counted(const std::optional<int>& value) {
  if (!value) return std::nullopt;
  return static_cast<double>(*value);
}

double seconds_of(std::chrono::system_clock::time_point at) {
  return std::chrono::duration<double>(at.time_since_epoch()).count();
}

std::optional<double> number_of(const Song& song, const SongHistory* history, Field field) {
  const auto& sound = song.sound;
  switch (field) {
    case Field::kYear: return counted(song.tags.year);
    case Field::kTrack: return counted(song.tags.track);
    case Field::kDisc: return counted(song.tags.disc);
    case Field::kDuration:
      if (song.duration.count() <= 0) return std::nullopt;  // the file claims nothing
      return std::chrono::duration<double>(song.duration).count();
    case Field::kSize: return static_cast<double>(song.stamp.bytes);
    case Field::kLoudness: return finite(sound.loudness_lufs);
    case Field::kLoudnessRange: return finite(sound.loudness_range_lu);
    case Field::kBpm:
    case Field::kBpmOctave: return sound.tempo ? std::optional{sound.tempo->bpm()} : std::nullopt;
    case Field::kValence: return sound.mood ? finite(sound.mood->valence()) : std::nullopt;
    case Field::kArousal: return sound.mood ? finite(sound.mood->arousal()) : std::nullopt;
    case Field::kPlayCount: return history == nullptr ? 0.0 : history->plays;
    case Field::kSkipCount: return history == nullptr ? 0.0 : history->skips;
    case Field::kRating: return history != nullptr && history->liked ? 5.0 : 0.0;
    case Field::kLoved: return history != nullptr && history->liked ? 1.0 : 0.0;
    case Field::kLastPlayed:
      if (history == nullptr || !history->last_heard) return std::nullopt;
      return seconds_of(*history->last_heard);
    case Field::kDateModified: return static_cast<double>(song.stamp.modified_ns) / 1e9;
    default: return std::nullopt;
  }
}

void add(std::vector<std::string>& values, std::string_view text) {
  if (!text.empty()) values.push_back(songlist::lowered(text));
}

/// Each value by itself, and the line that is shown where it is another.
void add(std::vector<std::string>& values, const std::vector<std::string>& several,
         std::string_view shown) {
  for (const auto& one : several) add(values, one);
  if (several.size() != 1 || several[0] != shown) add(values, shown);
}

void read_texts(const Song& song, Field field, std::vector<std::string>& values) {
  const auto& tags = song.tags;
  values.clear();
  switch (field) {
    case Field::kTitle: return add(values, song.shown_title());
    case Field::kArtist: return add(values, tags.artists, tags.artist);
    case Field::kAlbum: return add(values, tags.album);
    case Field::kAlbumArtist: return add(values, tags.album_artists, tags.album_artist);
    case Field::kGenre: return add(values, tags.genres, tags.genre);
    case Field::kComposer: return add(values, tags.composer);
    case Field::kFilePath: return add(values, song.path.native());
    case Field::kFileType: return add(values, song.container);
    case Field::kRecordingId: return add(values, tags.musicbrainz.recording);
    case Field::kReleaseId: return add(values, tags.musicbrainz.release);
    case Field::kReleaseGroupId: return add(values, tags.musicbrainz.release_group);
    case Field::kArtistId: return add(values, tags.musicbrainz.artists, {});
    default: return;
  }
}

/// The emotion whose place in the plane is the nearest.
std::size_t mood_of(const Song& song) {
  if (!song.sound.mood) return Row::kNoWord;
  std::size_t nearest = 0;
  float least = std::numeric_limits<float>::max();
  for (std::size_t i = 0; i < affect::kEmotionCount; ++i) {
    const auto away = distance(affect::point_of(static_cast<affect::Emotion>(i)), *song.sound.mood);
    if (away >= least) continue;
    least = away;
    nearest = i;
  }
  return nearest;
}

}  // namespace

void read_row(const Song& song, const SongHistory* history, const std::vector<Field>& used,
              Row& row) {
  for (const auto field : used) {
    const auto at = static_cast<std::size_t>(field);
    switch (type_of(field)) {
      case FieldType::kText: read_texts(song, field, row.texts.at(at)); break;
      case FieldType::kNumber:
      case FieldType::kFlag:
      case FieldType::kMoment: row.numbers.at(at) = number_of(song, history, field); break;
      case FieldType::kDate: row.date = days_of_tag(song.tags.date); break;
      case FieldType::kKey: row.key = song.sound.key; break;
      case FieldType::kWord:
        row.key = song.sound.key;
        if (field == Field::kMood) row.mood = mood_of(song);
        break;
      default: break;
    }
  }
}

}  // namespace harmonic::smartlist
