// How fast the demo library is heard, on one thread and on two, and with how much memory.
//
//   scan_bench [--jobs N] [FOLDER]...     (default: one thread, then two; where the Debian packages
//   of the demo library put their music)
//
// Google Benchmark repeats short things; a library is minutes long and is heard once a row here.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/paths.h"
#include "mood/model.h"
#include "scan/scan.h"
#include "store/sqlite_store.h"

namespace {

namespace fs = std::filesystem;

constexpr const char* kDemoFolders[]{
    "/usr/share/games/singularity/music", "/usr/share/hyperrogue/music",
    "/usr/share/games/wesnoth/1.16/data/core/music",
    "/usr/share/games/fretsonfire/data/songs/muldjord", "/usr/share/games/amoebax/music"};

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

int failed(const harmonic::Error& error) {
  std::fprintf(stderr, "scan_bench: %s\n", error.message.c_str());
  return 1;
}

int measure(const std::vector<fs::path>& folders, int jobs) {
  std::string name = (fs::temp_directory_path() / "harmonic-bench-XXXXXX").string();
  const fs::path data = mkdtemp(name.data());
  const double cpu = cpu_seconds();
  int status = 0;
  {
    const auto share = harmonic::share_dir();
    if (!share) return failed(share.error());
    auto model = harmonic::mood::load_shipped_model(*share);
    if (!model) return failed(model.error());
    harmonic::scan::Options options{folders, jobs};
    options.moods = std::make_shared<const harmonic::mood::Model>(*std::move(model));
    const auto store = harmonic::store::open(data);
    if (!store) return failed(store.error());
    for (const char* pass : {"first", "again"}) {
      const auto summary = harmonic::scan::scan(**store, options);
      if (!summary) {
        status = failed(summary.error());
        break;
      }
      const double used = cpu_seconds() - cpu;
      std::printf(
          "%d thread%s  %s  %4zu songs, %4zu decoded  %8.1f s of music in %7.2f s  %6.0f x "
          "realtime, "
          "%6.0f x a CPU second  peak %.0f MiB\n",
          jobs, jobs == 1 ? " " : "s", pass, summary->songs, summary->decoded,
          summary->audio_seconds, summary->seconds, summary->audio_seconds / summary->seconds,
          summary->audio_seconds / used, peak_mib());
      std::fflush(stdout);
    }
  }
  fs::remove_all(data);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<fs::path> folders{argv + 1, argv + argc};
  std::vector<int> jobs{1, 2};
  if (folders.size() >= 2 && folders[0] == "--jobs") {
    jobs = {std::max(1, std::atoi(folders[1].c_str()))};
    folders.erase(folders.begin(), folders.begin() + 2);
  }
  if (folders.empty()) {
    std::copy_if(std::begin(kDemoFolders), std::end(kDemoFolders), std::back_inserter(folders),
                 [](const char* folder) { return fs::exists(folder); });
  }
  if (folders.empty()) {
    std::fprintf(
        stderr,
        "scan_bench: no demo music is installed; name a folder, or install singularity-music\n");
    return 4;
  }
  for (const int count : jobs) {
    if (const int status = measure(folders, count); status != 0) return status;
  }
  return 0;
}
