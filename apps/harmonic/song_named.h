// apps/harmonic/song_named.h - the song that a person means.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"
#include "catalog/song.h"

namespace harmonic::app {

/// "Title - Artist".
[[nodiscard]] std::string line_of(const catalog::Song& song);

/// Index of the song of that number or that title; where there is none, of the one whose title and
/// artist hold the words.
/// Errors  kNotFound: none.  kInvalidInput: several, named with their numbers.
[[nodiscard]] Result<std::size_t> song_named(std::span<const catalog::Song> songs,
                                             const std::string& text);

}  // namespace harmonic::app
