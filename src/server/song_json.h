// server/song_json.h - a song as every answer shows it (docs/protocol.md). Templates over the JSON
// type, so that its library stays in the .cpp files that write.
#pragma once

#include <string>
#include <string_view>

#include "catalog/song_view.h"
#include "catalog/store.h"

namespace harmonic::server {

/// The media type that browsers choose their decoder by, from what the file's content is.
[[nodiscard]] constexpr std::string_view media_type_of_container(std::string_view container) {
  if (container == "mp3") return "audio/mpeg";
  if (container == "flac") return "audio/flac";
  if (container == "ogg") return "audio/ogg";
  if (container == "opus") return "audio/ogg; codecs=opus";
  if (container == "m4a") return "audio/mp4";
  if (container == "wav") return "audio/wav";
  return "application/octet-stream";
}

/// What the file says beyond a brief song: numbers and gains that it does not name are null.
template <typename Json>
void add_tags(Json& json, const SongTags& tags) {
  const auto or_null = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
  json["album_artist"] = tags.album_artist;
  json["artists"] = tags.artists;
  json["album_artists"] = tags.album_artists;
  json["genres"] = tags.genres;
  json["track"] = or_null(tags.track);
  json["track_total"] = or_null(tags.track_total);
  json["disc"] = or_null(tags.disc);
  json["disc_total"] = or_null(tags.disc_total);
  json["year"] = or_null(tags.year);
  json["date"] = tags.date;
  json["composer"] = tags.composer;
  json["musicbrainz"] = {{"recording", tags.musicbrainz.recording},
                         {"release", tags.musicbrainz.release},
                         {"release_group", tags.musicbrainz.release_group},
                         {"artists", tags.musicbrainz.artists}};
  json["replay_gain"] = {{"track_db", or_null(tags.replay_gain.track_db)},
                         {"track_peak", or_null(tags.replay_gain.track_peak)},
                         {"album_db", or_null(tags.replay_gain.album_db)},
                         {"album_peak", or_null(tags.replay_gain.album_peak)}};
}

/// `history` may be null: never heard, not liked.
template <typename Json>
Json brief_of(const catalog::SongView& song, const catalog::SongHistory* history) {
  Json json = Json::object();
  json["id"] = song.id.value;
  json["title"] = song.shown_title();
  json["artist"] = song.shown_artist();
  json["album"] = song.album;
  json["genre"] = song.genre;
  json["duration_ms"] = song.duration.count();
  json["valence"] = song.mood ? Json(song.mood->valence()) : Json(nullptr);
  json["arousal"] = song.mood ? Json(song.mood->arousal()) : Json(nullptr);
  json["bpm"] = song.tempo ? Json(song.tempo->bpm()) : Json(nullptr);
  json["key"] = song.key ? Json(name_of(*song.key)) : Json(nullptr);
  json["loudness_lufs"] = song.loudness_lufs ? Json(*song.loudness_lufs) : Json(nullptr);
  json["liked"] = history != nullptr && history->liked;
  json["plays"] = history == nullptr ? 0 : history->plays;
  json["media_type"] = media_type_of_container(song.container);
  return json;
}

}  // namespace harmonic::server
