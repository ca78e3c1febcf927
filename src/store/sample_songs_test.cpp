#include "store/sample_songs.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>

namespace harmonic::store {

using namespace std::chrono_literals;
using catalog::Song;

catalog::ContentKey content_key(int number) {
  catalog::ContentKey key{};
  key.back() = static_cast<std::byte>(number);
  return key;
}

Song full_song(const std::string& path) {
  Song song;
  song.path = path;
  song.stamp = {std::numeric_limits<std::uint64_t>::max(), -5};
  song.container = "flac";
  song.duration = 123456ms;
  song.tags.title = "Title";
  song.tags.artist = "Ann, Bob/Cy";
  song.tags.album = "Album";
  song.tags.album_artist = "Album artist";
  song.tags.genre = "Genre";
  song.tags.track = 7;
  song.tags.year = 1999;
  song.tags.artists = {"Ann", "Bob/Cy"};
  song.tags.album_artists = {"Album artist"};
  song.tags.genres = {"Genre", "Other; genre"};
  song.tags.track_total = 12;
  song.tags.disc = 1;
  song.tags.disc_total = 2;
  song.tags.date = "1999-05-03";
  song.tags.composer = "Composer";
  song.tags.musicbrainz = {"recording", "release", "group", {"first", "second"}};
  song.tags.replay_gain = {-6.5F, 0.875F, -7.25F, 1.5F};
  song.sound = {.version = 3,
                .loudness_lufs = -14.5F,
                .loudness_range_lu = 6.25F,
                .tempo = *Tempo::from_bpm(128.5),
                .key = Key{9, Mode::kMinor},
                .tempo_confidence = 0.75F,
                .key_strength = 0.5F,
                .vector = {0.0F, -1.5F, 1e-30F, 3e30F},
                .mood = ValenceArousal::clamped(0.25, -0.5),
                .mood_version = 2};
  song.content = content_key(7);
  return song;
}

Song bare_song(const std::string& path) {
  Song song;
  song.path = path;
  return song;
}

void expect_same(const Song& got, const Song& put) {
  EXPECT_EQ(got.path, put.path);
  EXPECT_EQ(got.stamp, put.stamp);
  EXPECT_EQ(got.container, put.container);
  EXPECT_EQ(got.duration, put.duration);
  EXPECT_EQ(got.tags, put.tags);
  EXPECT_EQ(got.sound.version, put.sound.version);
  EXPECT_EQ(got.sound.loudness_lufs, put.sound.loudness_lufs);
  EXPECT_EQ(got.sound.loudness_range_lu, put.sound.loudness_range_lu);
  EXPECT_EQ(got.sound.tempo, put.sound.tempo);
  EXPECT_EQ(got.sound.key, put.sound.key);
  EXPECT_EQ(got.sound.tempo_confidence, put.sound.tempo_confidence);
  EXPECT_EQ(got.sound.key_strength, put.sound.key_strength);
  EXPECT_EQ(got.sound.vector, put.sound.vector);
  EXPECT_EQ(got.sound.mood, put.sound.mood);
  EXPECT_EQ(got.sound.mood_version, put.sound.mood_version);
  EXPECT_EQ(got.content, put.content);
}

}  // namespace harmonic::store
