// What a large library costs: reading its tags, scanning it again, telling its moods anew. Each
// against the least that the machine needs for the same files, measured in the same run.
//
//   library_bench [FILES]      (default: 100000; about 20 kB each, in the temporary folder)
//
// Google Benchmark repeats short things; here each row runs once, in a process of its own whose
// peak memory is its alone.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "audio/features.h"
#include "base/paths.h"
#include "mood/model.h"
#include "scan/rescore.h"
#include "scan/scan.h"
#include "store/sqlite_store.h"
#include "tagged_files.h"

namespace harmonic {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct Cost {
  double seconds = 0.0;
  double cpu_seconds = 0.0;
  double peak_mib = 0.0;
};

/// What stops a row, or all: thrown so that the folder is taken away.
struct Failure {
  std::string why;
};

[[noreturn]] void give_up(const std::string& why) { throw Failure{why}; }

template <typename T>
T value_of(Result<T> result) {
  if (!result) give_up(result.error().message);
  return *std::move(result);
}

void expect(std::size_t got, std::size_t wanted, const char* what) {
  if (got == wanted) return;
  give_up(std::string{what} + ": " + std::to_string(got) + " of " + std::to_string(wanted));
}

/// Runs the work in a process of its own.
Cost cost_of(const std::function<void()>& work) {
  std::fflush(stdout);
  const auto start = Clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      work();
    } catch (const Failure& failure) {
      std::fprintf(stderr, "library_bench: %s\n", failure.why.c_str());
      ::_exit(1);
    }
    ::_exit(0);
  }
  int status = 0;
  rusage usage{};
  if (::wait4(child, &status, 0, &usage) != child || status != 0) give_up("a row failed");
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return {std::chrono::duration<double>(Clock::now() - start).count(),
          seconds(usage.ru_utime) + seconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024.0};
}

void print(const char* what, std::size_t files, const Cost& cost, const Cost& floor) {
  std::printf("%-44s %7.2f s %8.0f /s %7.2f CPU s %8.0f /CPU s  peak %4.0f MiB  %5.2f x floor\n",
              what, cost.seconds, static_cast<double>(files) / cost.seconds, cost.cpu_seconds,
              static_cast<double>(files) / cost.cpu_seconds, cost.peak_mib,
              cost.cpu_seconds / floor.cpu_seconds);
}

template <typename Visit>
void each_file(const fs::path& folder, std::size_t count, Visit visit) {
  std::size_t seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    if (!entry.is_regular_file()) continue;
    visit(entry.path());
    ++seen;
  }
  expect(seen, count, "files found");
}

void read_start(const fs::path& path) {
  static std::array<char, 64 * 1024> buffer{};
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 || ::read(file, buffer.data(), buffer.size()) <= 0) give_up(path.string());
  ::close(file);
}

void look_up(const fs::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) give_up(path.string());
}

scan::Summary scan_tags(const fs::path& data, const fs::path& music) {
  const auto store = value_of(store::open(data));
  return value_of(scan::scan(*store, {{music}, 1, true}));
}

void put_heard_songs(const fs::path& data, std::size_t count) {
  const auto store = value_of(store::open(data));
  std::mt19937 random{1};
  std::uniform_real_distribution<float> feature{-50.0F, 50.0F};
  std::vector<catalog::Song> songs;
  for (std::size_t i = 0; i < count; ++i) {
    catalog::Song song;
    song.path = "/music/folder/of/an/album/" + std::to_string(i) + ".flac";
    song.sound.version = audio::kAnalysisVersion;
    song.sound.vector.resize(audio::feature_names().size());
    for (auto& value : song.sound.vector) value = feature(random);
    songs.push_back(std::move(song));
    if (songs.size() < 1000 && i + 1 < count) continue;
    if (const auto put = store->put_songs(songs); !put) give_up(put.error().message);
    songs.clear();
  }
}

void read_features(const fs::path& data, std::size_t count) {
  const auto store = value_of(store::open(data));
  std::size_t seen = 0;
  for (SongId last;;) {
    const auto songs =
        value_of(store->features_to_score(audio::kAnalysisVersion, 1'000'000, last, 2000));
    if (songs.empty()) break;
    last = songs.back().song;
    seen += songs.size();
  }
  expect(seen, count, "features read");
}

void measure(const fs::path& folder, std::size_t count) {
  const auto music = folder / "music";
  if (const auto made = bench::write_tagged_files(music, count); !made)
    give_up(made.error().message);
  const auto reading = cost_of([&] { each_file(music, count, read_start); });
  print("floor: open, read the first 64 KiB", count, reading, reading);
  const auto tags =
      cost_of([&] { expect(scan_tags(folder / "data", music).read, count, "tags read"); });
  print("tags of new files, into the library", count, tags, reading);
  const auto walking = cost_of([&] { each_file(music, count, look_up); });
  print("floor: list the folders, stat each file", count, walking, walking);
  const auto again = cost_of([&] {
    const auto summary = scan_tags(folder / "data", music);
    expect(summary.songs, count, "songs known");
    expect(summary.read, 0, "tags read again");
  });
  print("second scan", count, again, walking);
  put_heard_songs(folder / "heard", count);
  const auto features = cost_of([&] { read_features(folder / "heard", count); });
  print("floor: read the features of all songs", count, features, features);
  const auto model = value_of(mood::load_shipped_model(value_of(share_dir())));
  const auto moods = cost_of([&] {
    const auto store = value_of(store::open(folder / "heard"));
    expect(value_of(scan::rescore(*store, model)), count, "moods told");
  });
  print("moods by a newer model, stored", count, moods, features);
}

}  // namespace
}  // namespace harmonic

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
  std::string name = (std::filesystem::temp_directory_path() / "harmonic-bench-XXXXXX").string();
  if (count == 0 || mkdtemp(name.data()) == nullptr) {
    std::fprintf(stderr, "usage: library_bench [FILES]\n");
    return 2;
  }
  int status = 0;
  try {
    harmonic::measure(name, count);
  } catch (const harmonic::Failure& failure) {
    std::fprintf(stderr, "library_bench: %s\n", failure.why.c_str());
    status = 1;
  }
  std::filesystem::remove_all(name);
  return status;
}
