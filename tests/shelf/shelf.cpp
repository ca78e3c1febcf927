// Makes a library of many heard songs without as many sound files: all of them are one sound.
//
//   harmonic_shelf DATA COUNT SOUND [whole]
//
// Only for tests and measurements of what a large library costs. The songs go into DATA through
// the store, as a scan puts them; their moods are drawn around a few middles, the same each time.
// Every song has a path of its own that can be opened: a folder has kInAFolder links to the sound,
// and many names. With "whole" the songs have what a scan of a tagged collection leaves of each,
// besides: names and tags of usual length, albums of twelve songs, and features.
#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/dice.h"
#include "store/sqlite_store.h"

namespace harmonic {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatch = 5000;
constexpr std::size_t kInAFolder = 250;

struct Cluster {
  float valence, arousal, spread;
};
constexpr std::array kClusters{Cluster{0.5F, 0.45F, 0.25F}, Cluster{-0.45F, 0.4F, 0.2F},
                               Cluster{-0.4F, -0.5F, 0.22F}, Cluster{0.35F, -0.45F, 0.25F},
                               Cluster{0.0F, 0.0F, 0.45F}};

catalog::Song song_at(const fs::path& link, std::size_t number, std::mt19937& random) {
  std::normal_distribution<float> around{0.0F, 1.0F};
  const auto& cluster = kClusters[random() % kClusters.size()];
  catalog::Song song;
  song.path = link;
  song.container = "ogg";
  song.duration = std::chrono::minutes{3};
  song.tags.title = "Song " + std::to_string(number);
  song.tags.artist = "Artist " + std::to_string(number % 997);
  song.sound.version = 1;
  song.sound.mood = ValenceArousal::clamped(cluster.valence + cluster.spread * around(random),
                                            cluster.arousal + cluster.spread * around(random));
  song.sound.mood_version = 1;
  return song;
}

/// Features of a song, as many as audio::feature_names() has names.
constexpr std::size_t kFeatures = 203;
constexpr std::size_t kOnAlbum = 12;
constexpr std::size_t kAlbumsOfArtist = 3;

constexpr std::array kWords{
    "night", "river", "the",    "of",   "golden", "summer", "heart", "without", "you",   "blue",
    "train", "and",   "silver", "home", "dance",  "a",      "fire",  "letters", "dream", "dust",
    "slow",  "rain",  "in",     "city", "long",   "again",  "wild",  "stars",   "her",   "morning"};
constexpr std::array kGenres{"Rock", "Jazz", "Electronic, Ambient", "Classical", "Folk", "Hip-Hop"};

/// Words that are the same for the same numbers.
std::string words(std::uint64_t kind, std::uint64_t number, std::size_t least, std::size_t most) {
  Dice dice{kind, number};
  std::string text;
  for (auto left = least + dice.below(most - least + 1); left > 0; --left) {
    if (!text.empty()) text += ' ';
    text += kWords.at(dice.below(kWords.size()));
  }
  return text;
}

std::string mbid(std::uint64_t kind, std::uint64_t number) {
  constexpr std::string_view kDigits{"0123456789abcdef"};
  Dice dice{kind, number};
  std::string id(36, '-');
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (i != 8 && i != 13 && i != 18 && i != 23) id[i] = kDigits[dice.below(16)];
  }
  return id;
}

/// What tags say, and features that a few hidden causes move.
void make_whole(catalog::Song& song, std::size_t number) {
  const auto album = number / kOnAlbum;
  const auto artist = album / kAlbumsOfArtist;
  auto& tags = song.tags;
  tags.title = words(1, number, 2, 6);
  tags.artist = words(2, artist, 1, 4) + " " + std::to_string(artist);
  tags.album_artist = tags.artist;
  tags.artists = tags.album_artists = {tags.artist};
  tags.album = words(3, album, 2, 5);
  tags.genre = kGenres.at(artist % kGenres.size());
  tags.genres = {tags.genre};
  tags.track = static_cast<int>(number % kOnAlbum) + 1;
  tags.track_total = kOnAlbum;
  tags.year = 1960 + static_cast<int>(album % 60);
  tags.date = std::to_string(*tags.year) + "-05-31";
  tags.composer = words(4, artist, 2, 3);
  tags.musicbrainz = {mbid(5, number), mbid(6, album), mbid(7, album), {mbid(8, artist)}};
  tags.replay_gain = {-7.5F, 0.98F, -7.1F, 1.0F};
  song.content.emplace();
  Dice dice{9, number};
  song.duration = std::chrono::milliseconds{120'000 + dice.below(240'000)};
  for (auto& byte : *song.content) byte = static_cast<std::byte>(dice.below(256));
  song.sound.loudness_lufs = -9.0F + dice.normal();
  song.sound.loudness_range_lu = 6.0F;
  song.sound.tempo = Tempo::from_bpm(60.0 + static_cast<double>(dice.below(120))).value();
  song.sound.key = Key{static_cast<std::uint8_t>(dice.below(12)), Mode::kMinor};
  std::array<float, 12> causes{song.sound.mood->valence(), song.sound.mood->arousal()};
  for (std::size_t i = 2; i < causes.size(); ++i) causes.at(i) = dice.normal();
  for (std::size_t i = 0; i < kFeatures; ++i)
    song.sound.vector.push_back(causes.at(i % causes.size()) + 0.7F * dice.normal());
}

/// Paths of `count` songs.
std::vector<fs::path> link_all(const fs::path& folder, std::size_t count, const fs::path& sound) {
  const auto name = [](std::size_t i) { return std::to_string(i) + ".ogg"; };
  const auto links = folder / "links";
  fs::create_directories(links);
  for (std::size_t i = 0; i < kInAFolder; ++i) fs::create_symlink(sound, links / name(i));
  std::vector<fs::path> paths;
  paths.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto album = folder / std::to_string(i / kInAFolder);
    if (i % kInAFolder == 0) fs::create_directory_symlink(links, album);
    paths.push_back(album / name(i % kInAFolder));
  }
  return paths;
}

Result<void> fill(const fs::path& data, std::size_t count, const fs::path& sound, bool whole) {
  HARMONIC_TRY(const auto store, store::open(data));
  std::mt19937 random{1};
  std::vector<catalog::Song> songs;
  songs.reserve(kBatch);
  std::size_t number = 0;
  for (const auto& path : link_all(fs::absolute(data) / "music", count, fs::canonical(sound))) {
    songs.push_back(song_at(path, ++number, random));
    if (whole) make_whole(songs.back(), number);
    if (songs.size() < kBatch) continue;
    HARMONIC_CHECK(store->put_songs(songs));
    songs.clear();
  }
  return store->put_songs(songs);
}

int run(const std::vector<std::string_view>& arguments) {
  std::size_t count = 0;
  const bool whole = arguments.size() == 4 && arguments[3] == "whole";
  if (arguments.size() == 3 || whole)
    std::from_chars(arguments[1].data(), arguments[1].data() + arguments[1].size(), count);
  if (count == 0) {
    std::fputs("usage: harmonic_shelf DATA COUNT SOUND [whole]\n", stderr);
    return 2;
  }
  const auto filled = fill(arguments[0], count, arguments[2], whole);
  if (!filled) std::fprintf(stderr, "harmonic_shelf: %s\n", filled.error().message.c_str());
  return filled ? 0 : 1;
}

}  // namespace
}  // namespace harmonic

int main(int argc, char** argv) {
  try {
    return harmonic::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "harmonic_shelf: %s\n", error.what());
    return 1;
  }
}
