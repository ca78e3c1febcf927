// How long one ranking takes, and how long the library takes to become a snapshot. A queue follows
// the listener while a mood is dragged, so a ranking must stay well under the 16 ms of a frame for
// a library of 10,000 songs.
//   ./recommend_bench --benchmark_repetitions=5 --benchmark_report_aggregates_only=true
#include <benchmark/benchmark.h>

#include <random>

#include "recommend/rank.h"
#include "store/sqlite_store.h"

namespace harmonic {
namespace {

constexpr int kFeatures = 64;

std::vector<catalog::Song> library(std::int64_t count) {
  std::mt19937 random{1};
  std::normal_distribution<float> feature{0.0F, 1.0F};
  std::uniform_real_distribution<double> plane{-1.0, 1.0};
  std::vector<catalog::Song> songs(static_cast<std::size_t>(count));
  std::int64_t id = 0;
  for (auto& song : songs) {
    song.id = SongId{++id};
    song.path = "/music/folder/of/an/album/" + std::to_string(id) + ".flac";
    song.tags.title = "A title of usual length";
    song.tags.artist = "Artist " + std::to_string(id % 2000);
    song.tags.album = "An album";
    song.tags.genre = "Genre";
    song.tags.track = 1;
    song.tags.year = 2000;
    song.sound.version = 1;
    song.sound.mood_version = 1;
    song.sound.mood = ValenceArousal::clamped(plane(random), plane(random));
    for (int i = 0; i < kFeatures; ++i) song.sound.vector.push_back(feature(random));
  }
  return songs;
}

std::vector<catalog::SongHistory> habits(std::int64_t songs) {
  std::vector<catalog::SongHistory> all;
  for (std::int64_t id = 1; id <= songs; id += 10) {
    all.push_back({SongId{id}, static_cast<int>(id % 9), 1, id % 50 == 1, std::nullopt});
  }
  return all;
}

void rank_songs(benchmark::State& state) {
  const auto snapshot = recommend::Snapshot::build(library(state.range(0)));
  const auto history = habits(state.range(0));
  const recommend::Options options{.count = 20};
  double valence = -1.0;
  for (auto _ : state) {
    valence = valence > 1.0 ? -1.0 : valence + 0.01;
    benchmark::DoNotOptimize(
        recommend::rank(snapshot, ValenceArousal::clamped(valence, 0.3), history, options));
  }
}
BENCHMARK(rank_songs)
    ->Arg(1000)
    ->Arg(10000)
    ->Arg(100000)
    ->Arg(1000000)
    ->Unit(benchmark::kMillisecond);

void build_snapshot(benchmark::State& state) {
  const auto songs = library(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(recommend::Snapshot::build(songs));
}
BENCHMARK(build_snapshot)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond);

/// A library on the disk that goes away at the end.
class OnDisk {
 public:
  explicit OnDisk(const std::vector<catalog::Song>& songs)
      : folder_{std::filesystem::temp_directory_path() / "harmonic_recommend_bench"} {
    std::filesystem::remove_all(folder_);
    store_ = store::open(folder_).value();
    for (const auto& song : songs) static_cast<void>(store_->put_song(song));
  }
  ~OnDisk() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  OnDisk(const OnDisk&) = delete;
  OnDisk& operator=(const OnDisk&) = delete;
  [[nodiscard]] catalog::Store& store() { return *store_; }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<catalog::Store> store_;
};

void read_songs(benchmark::State& state) {
  OnDisk disk{library(state.range(0))};
  for (auto _ : state) benchmark::DoNotOptimize(disk.store().songs().value().size());
}
BENCHMARK(read_songs)->Arg(50000)->Unit(benchmark::kMillisecond);

void put_song(benchmark::State& state) {
  OnDisk disk{{}};
  const auto songs = library(1);
  for (auto _ : state) benchmark::DoNotOptimize(disk.store().put_song(songs.front()).value());
}
BENCHMARK(put_song)->Unit(benchmark::kMillisecond);

void add_play(benchmark::State& state) {
  OnDisk disk{library(1)};
  const auto listener = disk.store().find_or_add_listener("ann").value();
  const catalog::Play play{listener, SongId{1}, {}, {}, catalog::PlayOutcome::kFinished, {}};
  for (auto _ : state) benchmark::DoNotOptimize(disk.store().add_play(play).value());
}
BENCHMARK(add_play)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace harmonic

BENCHMARK_MAIN();
