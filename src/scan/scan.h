// Module scan: music folders -> songs in the library, opening only what is new or changed.
//
// Uses     base, audio, catalog (the Store interface, never a database).  Used by server and apps.
// Threads  scan() works on threads of its own; two scans of one store at a time are safe but waste
// work. Read     scan.h, then plan.h (what is to be done) and walk.h (what is there).
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "catalog/store.h"
#include "scan/walk.h"

namespace harmonic::scan {

using Seconds = std::chrono::duration<double>;

struct Options {
  std::vector<std::filesystem::path> roots;  ///< folders, or single files
  int jobs = 1;                              ///< threads, at least 1
};

struct Progress {
  std::size_t done = 0;   ///< files heard or refused
  std::size_t total = 0;  ///< files that have to be opened
  double audio_seconds = 0.0;
  Seconds elapsed{0};
  std::optional<Seconds> left;  ///< by bytes; empty before the first file is done

  /// Seconds of music heard in a second of work.
  [[nodiscard]] double times_realtime() const {
    return elapsed.count() > 0.0 ? audio_seconds / elapsed.count() : 0.0;
  }
};

struct Summary {
  std::size_t songs = 0;  ///< in the folders now: decoded and unchanged
  std::size_t decoded = 0;
  std::size_t unchanged = 0;
  std::size_t missing = 0;  ///< songs whose file went away
  std::vector<Trouble>
      failed;  ///< by path: every file, folder and root that could not be read, and why
  double audio_seconds = 0.0;  ///< of music decoded
  double seconds = 0.0;        ///< of work
  bool stopped = false;        ///< the stop token was used; what was heard is stored
};

/// Called from the working threads, one at a time, after each file.
using OnProgress = std::function<void(const Progress&)>;

/// Each song is stored as soon as it was heard, so a scan that is killed goes on where it was. A
/// file that is malformed is remembered and not opened again until it changes; one that only could
/// not be read (permission, disk) is tried again. Pictures, text and the like are passed over in
/// silence, unless their names promise sound. Songs are marked missing only inside folders that are
/// there.
///
/// Errors  kNotFound     none of the roots is there
///         any error of the store: the scan ends, what was stored stays
[[nodiscard]] Result<Summary> scan(catalog::Store& store, const Options& options,
                                   const OnProgress& on_progress = {},
                                   const std::stop_token& stop = {});

}  // namespace harmonic::scan
