// What the commands that choose songs say in the same words.
#pragma once

#include <cmath>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace harmonic::app {

[[nodiscard]] inline tl::unexpected<Error> no_songs(const std::filesystem::path& data) {
  return fail(ErrorKind::kNotFound, "there are no songs in " + data.string() +
                                        "; `harmonic scan DIR` with your music folder adds them");
}

[[nodiscard]] inline tl::unexpected<Error> none_heard(std::size_t songs) {
  return fail(ErrorKind::kNotFound, "none of the library's " + std::to_string(songs) +
                                        " songs was heard yet, so their moods are not known; "
                                        "`harmonic scan DIR` without --tags-only hears them");
}

/// Without the digits that a float does not have: 0.8, not 0.800000011920929.
[[nodiscard]] inline double shown(double value) { return std::round(value * 1e6) / 1e6; }
[[nodiscard]] inline double shown(float value) { return shown(static_cast<double>(value)); }

}  // namespace harmonic::app
