// Module scan: music folders -> songs in the library, opening only what is new or changed.
//
//   walk -> plan -> read: tags of new and changed files, and songs that moved   (playable from
//   here)
//                -> score: moods of an older model, from what was heard         (opens no file)
//                -> hear: decodes the songs that wait
//
// Uses     base, audio, mood, catalog (the Store interface, never a database).  Used by server and
// apps. Threads  scan() works on threads of its own; two scans of one store at a time are safe but
// waste work. Read     scan.h, then plan.h (what is to be done) and walk.h (what is there).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "catalog/store.h"
#include "mood/model.h"
#include "scan/walk.h"

namespace harmonic::scan {

using Seconds = std::chrono::duration<double>;

struct Options {
  std::vector<std::filesystem::path> roots;  ///< folders, or single files
  int jobs = 1;                              ///< threads, at least 1
  bool tags_only = false;                    ///< leave the hearing to a later scan
  bool gentle = false;                       ///< give way to others on a busy host (pace.h)
  /// Files that were written so short a time ago are left to a later scan: somebody may be copying.
  std::chrono::milliseconds settle{0};
  /// Tells the moods of what is heard; without one they are left to a later scan.
  std::shared_ptr<const mood::Model> moods{};
};

enum class Phase : std::uint8_t {
  kLooking,  ///< for cue sheets inside new and changed files
  kReading,  ///< tags of new and changed files
  kScoring,  ///< moods by a newer model
  kHearing,  ///< decoding
};

/// Of the phase at hand.
struct Progress {
  Phase phase = Phase::kReading;
  std::size_t done = 0;   ///< files or songs, those that were refused included
  std::size_t total = 0;  ///< of them in this phase
  double audio_seconds = 0.0;
  Seconds elapsed{0};
  std::optional<Seconds> left;  ///< hearing: by bytes; empty before the first file is done

  /// Seconds of music heard in a second of work.
  [[nodiscard]] double times_realtime() const {
    return elapsed.count() > 0.0 ? audio_seconds / elapsed.count() : 0.0;
  }
};

struct Summary {
  std::size_t songs = 0;  ///< in the folders now: decoded, unchanged and unheard
  std::size_t read = 0;   ///< files whose tags were read now
  std::size_t decoded = 0;
  std::size_t unheard = 0;    ///< songs that wait to be heard
  std::size_t unchanged = 0;  ///< songs that were heard before, moved ones included
  std::size_t moved = 0;      ///< songs whose file was found again at another path
  std::size_t rescored = 0;   ///< songs whose mood a newer model told, wherever they are
  std::size_t missing = 0;    ///< songs whose file went away
  std::size_t unsettled = 0;  ///< files that Options::settle left to a later scan
  std::vector<Trouble>
      failed;  ///< by path: every file, folder and root that could not be read, and why
  double audio_seconds = 0.0;  ///< of music decoded
  double seconds = 0.0;        ///< of work
  bool stopped = false;        ///< the stop token was used; what was heard is stored
};

/// Called from the working threads, one at a time, after each file.
using OnProgress = std::function<void(const Progress&)>;

/// Songs are stored when their tags were read, a few hundred at a time, and again one by one when
/// they were heard, so a scan that is killed goes on where it was. A file that was moved or renamed
/// is known by its content and keeps its song, which is not heard again; a copy is another song. A
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
