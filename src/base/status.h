// base/status.h - the one table from kinds of failure to what shells and HTTP clients see.
#pragma once

#include "base/result.h"

namespace harmonic {

/// Exit codes of every command; documented in README.md.
enum ExitCode : int {
  kExitDone = 0,
  kExitUsage = 2,
  kExitInput = 3,
  kExitNotFound = 4,
  kExitUnavailable = 5,
  kExitCorrupt = 6
};

[[nodiscard]] constexpr int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidInput: return kExitInput;
    case ErrorKind::kNotFound: return kExitNotFound;
    case ErrorKind::kUnavailable: return kExitUnavailable;
    case ErrorKind::kCorrupt: return kExitCorrupt;
  }
  return kExitCorrupt;
}

[[nodiscard]] constexpr int http_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidInput: return 400;
    case ErrorKind::kNotFound: return 404;
    case ErrorKind::kUnavailable: return 503;
    case ErrorKind::kCorrupt: return 500;
  }
  return 500;
}

}  // namespace harmonic
