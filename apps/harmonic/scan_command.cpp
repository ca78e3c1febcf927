#include <unistd.h>
#include <csignal>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/paths.h"
#include "base/status.h"
#include "commands.h"
#include "mood/model.h"
#include "scan/keep_scanning.h"
#include "scan/rescore.h"
#include "scan/scan.h"
#include "scan/watch.h"
#include "store/sqlite_store.h"

namespace harmonic::app {

namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

struct ScanOptions {
  std::vector<std::string> folders;
  std::string data;
  int jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  bool tags_only = false;
  bool moods = false;
  bool gentle = false;
  bool watch = false;
  bool json = false;
};

/// While it lives, Ctrl-C and SIGTERM end the scan after the songs that are being heard.
class StopOnSignal {
 public:
  StopOnSignal() {
    // Handlers and not a mask: libraries start threads of their own, which a mask would miss.
    struct sigaction action {};
    action.sa_handler = [](int) { asked = true; };
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    waiter_ = std::jthread{[this](const std::stop_token& over) {
      while (!over.stop_requested()) {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        if (asked) source_.request_stop();
      }
    }};
  }
  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  static inline std::atomic<bool> asked{false};
  std::stop_source source_;
  std::jthread waiter_;
};

/// One line that renews itself on a terminal; a line every five seconds elsewhere.
class ProgressLine {
 public:
  void show(const scan::Progress& progress) {
    const auto now = Clock::now();
    const bool last = progress.done == progress.total;
    if (!last && now - shown_ < (on_terminal_ ? kRenewal : kLineInterval)) return;
    shown_ = now;
    std::fprintf(stderr, "%s%s%s", on_terminal_ ? "\r\033[K" : "", text_of(progress).c_str(),
                 on_terminal_ && !last ? "" : "\n");
  }

 private:
  static std::string text_of(const scan::Progress& progress) {
    const auto count = std::to_string(progress.done) + " of " + std::to_string(progress.total);
    const long left = progress.left ? std::lround(progress.left->count()) : 0;
    std::array<char, 64> rest{};
    switch (progress.phase) {
      case scan::Phase::kScoring: return std::to_string(progress.done) + " moods told anew";
      case scan::Phase::kLooking: return "looked for cue sheets in " + count + " files";
      case scan::Phase::kReading:
        std::snprintf(rest.data(), rest.size(), ", %ld:%02ld left", left / 60, left % 60);
        return "read the tags of " + count + " files" + rest.data();
      case scan::Phase::kHearing: break;
    }
    std::snprintf(rest.data(), rest.size(), ", %.0f x realtime, %ld:%02ld left",
                  progress.times_realtime(), left / 60, left % 60);
    return "heard " + count + " files" + rest.data();
  }

  static constexpr Clock::duration kRenewal = std::chrono::milliseconds{100};
  static constexpr Clock::duration kLineInterval = std::chrono::seconds{5};
  bool on_terminal_ = isatty(STDERR_FILENO) == 1;
  Clock::time_point shown_{};
};

Json json_of(const scan::Summary& summary) {
  Json failed = Json::array();
  for (const auto& [path, reason] : summary.failed)
    failed.push_back({{"path", path.string()}, {"reason", reason}});
  return {{"songs", summary.songs},
          {"read", summary.read},
          {"decoded", summary.decoded},
          {"unheard", summary.unheard},
          {"unchanged", summary.unchanged},
          {"moved", summary.moved},
          {"rescored", summary.rescored},
          {"missing", summary.missing},
          {"failed", failed},
          {"audio_seconds", summary.audio_seconds},
          {"seconds", summary.seconds}};
}

void print_for_people(const scan::Summary& summary) {
  for (const auto& [path, reason] : summary.failed)
    std::printf("not read: %s: %s\n", path.c_str(), reason.c_str());
  std::printf("%zu songs: %zu heard now, %zu unchanged", summary.songs, summary.decoded,
              summary.unchanged);
  if (summary.unheard > 0) std::printf(", %zu not heard yet", summary.unheard);
  if (summary.moved > 0) std::printf("; %zu moved", summary.moved);
  if (summary.rescored > 0) std::printf("; %zu moods told anew", summary.rescored);
  if (summary.missing > 0) std::printf("; %zu gone", summary.missing);
  if (!summary.failed.empty()) std::printf("; %zu not read", summary.failed.size());
  std::printf(". %.0f s of music in %.1f s\n", summary.audio_seconds, summary.seconds);
}

void print_moods(const scan::Summary& summary) {
  std::printf("%zu moods told anew in %.1f s\n", summary.rescored, summary.seconds);
}

void print(const ScanOptions& options, const scan::Summary& summary) {
  if (options.json) {
    // File names may hold any bytes; the output stays valid JSON.
    std::cout << json_of(summary).dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
  } else if (options.moods) {
    print_moods(summary);
  } else {
    print_for_people(summary);
  }
}

scan::Options wanted_of(const ScanOptions& options) {
  scan::Options wanted;
  wanted.roots = {options.folders.begin(), options.folders.end()};
  wanted.jobs = options.jobs;
  wanted.tags_only = options.tags_only;
  wanted.gentle = options.gentle;
  return wanted;
}

/// Prints each scan until it is stopped. Fails when the first scan does.
Result<scan::Summary> watch_into_library(catalog::Store& store, const ScanOptions& options,
                                         const scan::Options& wanted, const scan::OnProgress& show,
                                         const std::stop_token& stop) {
  std::optional<Result<scan::Summary>> first_failure;
  std::stop_source end;
  const std::stop_callback stopped{stop, [&end] { end.request_stop(); }};
  bool any = false;
  scan::Listeners listeners;
  listeners.on_progress = show;
  listeners.on_start = [] {};
  listeners.on_summary = [&](const Result<scan::Summary>& summary) {
    if (summary) {
      print(options, *summary);
      std::fflush(stdout);
    } else if (!any) {
      first_failure = summary;
      end.request_stop();
    } else {
      std::cerr << "harmonic scan: " << summary.error().message << '\n';
    }
    any = true;
  };
  listeners.on_notice = [](const std::string& notice) {
    std::cerr << "harmonic scan: " << notice << '\n';
  };
  scan::Watch watch;
  scan::keep_scanning(store, wanted, watch, listeners, end.get_token());
  if (first_failure) return *first_failure;
  return scan::Summary{};
}

Result<scan::Summary> scan_into_library(const ScanOptions& options) {
  HARMONIC_TRY(const auto data, data_dir(options.data));
  HARMONIC_TRY(const auto store, store::open(data));
  HARMONIC_TRY(const auto share, share_dir());
  HARMONIC_TRY(auto model, mood::load_shipped_model(share));
  auto wanted = wanted_of(options);
  wanted.moods = std::make_shared<const mood::Model>(std::move(model));
  const StopOnSignal signal;
  ProgressLine line;
  const auto show = [&line](const scan::Progress& progress) { line.show(progress); };
  if (options.moods) {
    scan::Summary summary;
    const auto start = Clock::now();
    HARMONIC_TRY(summary.rescored, scan::rescore(*store, *wanted.moods, show, signal.token()));
    summary.stopped = signal.token().stop_requested();
    summary.seconds = scan::Seconds{Clock::now() - start}.count();
    return summary;
  }
  if (options.watch) return watch_into_library(*store, options, wanted, show, signal.token());
  return scan::scan(*store, wanted, show, signal.token());
}

int run_scan(const ScanOptions& options) {
  if (options.folders.empty() != options.moods) {
    std::cerr << "harmonic scan: name a folder with music, or --moods and no folder\n";
    return kExitUsage;
  }
  const auto summary = scan_into_library(options);
  if (!summary) {
    std::cerr << "harmonic scan: " << summary.error().message << '\n';
    return exit_code(summary.error().kind);
  }
  if (options.watch) return kExitDone;
  print(options, *summary);
  if (summary->stopped) std::cerr << "stopped; the same command goes on from here\n";
  return summary->stopped ? kExitUnavailable : kExitDone;
}

}  // namespace

void add_scan(CLI::App& app, const SetExit& set_exit) {
  auto options = std::make_shared<ScanOptions>();
  auto* command =
      app.add_subcommand("scan", "Hear the songs in folders and keep them in the library");
  command->add_option("DIR", options->folders, "music folders (or single files)");
  command->add_option("--data", options->data,
                      "data folder of the library (default: ~/.local/share/harmonic)");
  command->add_option("--jobs", options->jobs, "how many songs to hear at a time")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  auto* tags_only =
      command->add_flag("--tags-only", options->tags_only,
                        "only read what the files say of themselves: the songs can be played, and "
                        "their moods are told when a later scan hears them");
  command
      ->add_flag("--moods", options->moods,
                 "only tell the moods of heard songs anew, where another mood model told them; "
                 "opens no music file. Any other scan does it too")
      ->excludes(tags_only);
  command->add_flag("--gentle", options->gentle,
                    "give way to others: threads run at nice 19 and SCHED_IDLE with idle I/O "
                    "priority, and before each file they wait up to 10 s while the load of the "
                    "last minute without them is as high as the number of processors");
  command
      ->add_flag("--watch", options->watch,
                 "stay, and scan again when something in the folders changed and then nothing for "
                 "2 s (a minute at the most); Ctrl-C ends it. Where the system does not watch so "
                 "many folders they are looked through every minute")
      ->excludes("--moods");
  command->add_flag("--json", options->json,
                    "{songs, read, decoded, unheard, unchanged, moved, rescored, missing, failed: "
                    "[{path, reason}], audio_seconds, seconds}");
  command->footer(
      "Examples:\n"
      "  harmonic scan ~/Music\n"
      "  harmonic scan ~/Music /mnt/disk --data /srv/harmonic --jobs 1 --json\n"
      "  harmonic scan ~/Music --tags-only\n"
      "  harmonic scan --moods\n"
      "  harmonic scan ~/Music --watch --gentle\n"
      "First the tags of all new files are read, so that they can be played, then each is heard.\n"
      "Unchanged files are not opened again, and a song whose file was moved or renamed is known "
      "by "
      "its content.\n"
      "Files that cannot be read are listed with the reason "
      "and do not\n"
      "make the scan fail. It may be stopped or killed at any time; the next scan goes on.\n"
      "A folder that is gone or empty takes no song out of the library: its disk may be "
      "unmounted.");
  command->callback([options, set_exit] { set_exit(run_scan(*options)); });
}

}  // namespace harmonic::app
