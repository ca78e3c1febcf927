// base/log.h - one line a happening, on stderr, with its time; stdout belongs to results.
//
// What a person could be harmed by is never logged: no pixels, no moods, no names of listeners.
#pragma once

#include <string_view>

namespace harmonic::log {

// Threads  any.  A message is one line of UTF-8; line breaks and other control characters in it are
// shown as '?', so that a hostile tag or header cannot forge a second line.
void info(std::string_view message);
void warning(std::string_view message);
void error(std::string_view message);

/// Quiet shows warnings and errors only.
void set_quiet(bool quiet);

}  // namespace harmonic::log
