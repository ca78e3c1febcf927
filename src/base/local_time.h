// base/local_time.h - what the clocks on the wall of this house show.
#pragma once

#include <chrono>

namespace harmonic {

/// How far local time is ahead of UTC at that moment, by the time zone of this machine.
[[nodiscard]] std::chrono::seconds utc_offset(std::chrono::system_clock::time_point at);

}  // namespace harmonic
