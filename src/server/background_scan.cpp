#include "server/background_scan.h"

#include <chrono>
#include <string>

#include "base/log.h"
#include "scan/keep_scanning.h"
#include "scan/watch.h"

namespace harmonic::server {

namespace {

constexpr std::chrono::seconds kBetweenLines{10};

std::string line_of(const scan::Progress& progress) {
  const auto count = std::to_string(progress.done) + " of " + std::to_string(progress.total);
  if (progress.phase == scan::Phase::kScoring)
    return "scanning: " + std::to_string(progress.done) + " moods told anew";
  if (progress.phase == scan::Phase::kLooking)
    return "scanning: looked for cue sheets in " + count + " files";
  auto line = progress.phase == scan::Phase::kReading
                  ? "scanning: read the tags of " + count + " files"
                  : "scanning: heard " + count + " files, " +
                        std::to_string(static_cast<int>(progress.times_realtime())) + " x realtime";
  if (progress.left) {
    line += ", " + std::to_string(static_cast<int>(progress.left->count())) + " s left";
  }
  return line;
}

void tell(const Result<scan::Summary>& summary) {
  if (!summary) return log::error("the scan ended: " + summary.error().message);
  log::info("scanned: " + std::to_string(summary->songs) + " songs, " +
            std::to_string(summary->decoded) + " of them heard now, " +
            std::to_string(summary->failed.size()) + " files not readable as music" +
            (summary->stopped ? "; stopped before the end" : ""));
}

}  // namespace

BackgroundScan::BackgroundScan(catalog::Store& store, scan::Options options) {
  if (options.roots.empty()) return;
  progress_ = ScanProgress{};
  worker_ = std::jthread{[this, &store, options = std::move(options)](const std::stop_token& stop) {
    work(store, options, stop);
  }};
}

void BackgroundScan::work(catalog::Store& store, const scan::Options& options,
                          const std::stop_token& stop) {
  const auto set_progress = [this](std::optional<ScanProgress> progress) {
    const std::lock_guard lock{mutex_};
    progress_ = progress;
  };
  auto last_line = std::chrono::steady_clock::now();
  scan::Listeners listeners;
  listeners.on_progress = [&](const scan::Progress& progress) {
    set_progress(ScanProgress{progress.done, progress.total});
    const auto now = std::chrono::steady_clock::now();
    if (now - last_line < kBetweenLines) return;
    last_line = now;
    log::info(line_of(progress));
  };
  listeners.on_start = [&] { set_progress(ScanProgress{}); };
  listeners.on_summary = [&](const Result<scan::Summary>& summary) {
    tell(summary);
    set_progress(std::nullopt);
  };
  listeners.on_notice = [](const std::string& notice) { log::warning(notice); };
  scan::Watch watch;
  scan::keep_scanning(store, options, watch, listeners, stop);
}

std::optional<ScanProgress> BackgroundScan::progress() const {
  const std::lock_guard lock{mutex_};
  return progress_;
}

}  // namespace harmonic::server
