// server/background_scan.h - scans the music folders while the server already serves, and again
// when they changed.
#pragma once

#include <mutex>
#include <optional>
#include <thread>

#include "catalog/store.h"
#include "scan/scan.h"
#include "server/routes.h"

namespace harmonic::server {

/// Scans on a thread of its own, watches, and logs how it goes (no more than a line in 10 s).
class BackgroundScan {
 public:
  /// `store` must outlive the scan. Without folders nothing runs.
  BackgroundScan(catalog::Store& store, scan::Options options);
  BackgroundScan(const BackgroundScan&) = delete;
  BackgroundScan& operator=(const BackgroundScan&) = delete;
  /// Stops after the file at hand; what was heard is stored.
  ~BackgroundScan() = default;

  /// Empty when no scan runs. From any thread.
  [[nodiscard]] std::optional<ScanProgress> progress() const;

 private:
  void work(catalog::Store& store, const scan::Options& options, const std::stop_token& stop);

  mutable std::mutex mutex_;
  std::optional<ScanProgress> progress_;
  std::jthread worker_;  // last: it uses the members above until it has ended
};

}  // namespace harmonic::server
