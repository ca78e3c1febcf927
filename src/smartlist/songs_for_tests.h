// smartlist/songs_for_tests.h - a handful of songs made by hand, and what was done with them.
#pragma once

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include "affect/circumplex.h"
#include "catalog/store.h"

namespace harmonic::smartlist {

/// 2023-11-14 22:13:20 UTC, a Tuesday.
inline constexpr std::chrono::system_clock::time_point kNow{std::chrono::seconds{1'700'000'000}};

inline catalog::Song named_song(std::int64_t id, const std::string& title,
                                const std::string& artist, const std::string& path) {
  catalog::Song song;
  song.id = SongId{id};
  song.path = path;
  song.container = "flac";
  song.tags.title = title;
  song.tags.artist = artist;
  return song;
}

inline void hear(catalog::Song& song, double bpm, Key key, affect::Emotion emotion) {
  song.sound.version = 1;
  song.sound.tempo = *Tempo::from_bpm(bpm);
  song.sound.key = key;
  song.sound.mood = affect::point_of(emotion);
}

/// 1 to 4; the last was not heard yet and has no tags but its title.
inline std::vector<catalog::Song> four_songs() {
  std::vector<catalog::Song> songs{named_song(1, "Alpha", "Ann", "/music/Ann/alpha.flac"),
                                   named_song(2, "Beta", "Bob", "/music/Bob/beta.flac"),
                                   named_song(3, "Gamma", "Ann, Cleo", "/music/Ann/gamma.flac"),
                                   named_song(4, "Delta", "", "/music/delta.flac")};
  songs[0].tags.genre = "Rock";
  songs[0].tags.genres = {"Rock"};
  songs[0].tags.year = 1999;
  songs[0].tags.date = "1999-05-31";
  songs[0].duration = std::chrono::minutes{3};
  hear(songs[0], 100, {9, Mode::kMinor}, affect::Emotion::kHappy);
  songs[1].tags.genre = "Jazz, Blues";
  songs[1].tags.genres = {"Jazz", "Blues"};
  songs[1].tags.year = 2004;
  songs[1].tags.date = "2004";
  songs[1].duration = std::chrono::minutes{4};
  hear(songs[1], 140, {0, Mode::kMajor}, affect::Emotion::kSad);
  songs[2].tags.artists = {"Ann", "Cleo"};
  songs[2].tags.genre = "Pop Rock";
  songs[2].tags.genres = {"Pop Rock"};
  songs[2].tags.album = "Third";
  songs[2].duration = std::chrono::minutes{5};
  hear(songs[2], 60, {6, Mode::kMajor}, affect::Emotion::kNeutral);
  return songs;
}

inline std::vector<catalog::SongHistory> their_history() {
  using std::chrono::hours;
  return {{SongId{1}, 5, 0, true, kNow - hours{48}},
          {SongId{2}, 1, 3, false, kNow - hours{24 * 40}}};
}

}  // namespace harmonic::smartlist
