// scan/keep_scanning.h - a scan, and another whenever the folders changed.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "scan/scan.h"
#include "scan/watch.h"

namespace harmonic::scan {

struct Listeners {
  OnProgress on_progress;
  std::function<void()> on_start;                          ///< before each scan
  std::function<void(const Result<Summary>&)> on_summary;  ///< after each scan
  std::function<void(const std::string&)> on_notice;       ///< Watch::notice(), once
};

/// Scans, then watches and scans again, until it is stopped. From the second scan on, a file that
/// was written within the settle time is left to the scan after it. A scan that fails (a disk that
/// was taken out) is told and tried again at the next change.
void keep_scanning(catalog::Store& store, const Options& options, Watch& watch,
                   const Listeners& listeners, const std::stop_token& stop);

}  // namespace harmonic::scan
