// Makes a library of many heard songs without as many sound files: all of them are one sound.
//
//   harmonic_shelf DATA COUNT SOUND
//
// Only for tests and measurements of what a large library costs. The songs go into DATA through
// the store, as a scan puts them; their moods are drawn around a few middles, the same each time.
// Every song has a path of its own that can be opened: a folder has kInAFolder links to the sound,
// and many names.
#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

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

Result<void> fill(const fs::path& data, std::size_t count, const fs::path& sound) {
  HARMONIC_TRY(const auto store, store::open(data));
  std::mt19937 random{1};
  std::vector<catalog::Song> songs;
  songs.reserve(kBatch);
  std::size_t number = 0;
  for (const auto& path : link_all(fs::absolute(data) / "music", count, fs::canonical(sound))) {
    songs.push_back(song_at(path, ++number, random));
    if (songs.size() < kBatch) continue;
    HARMONIC_CHECK(store->put_songs(songs));
    songs.clear();
  }
  return store->put_songs(songs);
}

int run(const std::vector<std::string_view>& arguments) {
  std::size_t count = 0;
  if (arguments.size() == 3)
    std::from_chars(arguments[1].data(), arguments[1].data() + arguments[1].size(), count);
  if (count == 0) {
    std::fputs("usage: harmonic_shelf DATA COUNT SOUND\n", stderr);
    return 2;
  }
  const auto filled = fill(arguments[0], count, arguments[2]);
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
