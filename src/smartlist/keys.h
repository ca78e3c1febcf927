// smartlist/keys.h - musical keys as people write them, and which go together.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/music_units.h"

namespace harmonic::smartlist {

/// "A minor", "Am", "a min", "Bb", "F# major", or a place on the Camelot wheel, "8A"; upper and
/// lower case alike.
[[nodiscard]] std::optional<Key> key_named(std::string_view text);

/// The keys that a DJ mixes with it: itself, its relative of the other mode, and the fifths above
/// and below. They share at least six of the seven notes of the scale (of the natural minor).
[[nodiscard]] std::vector<Key> harmonic_neighbours(Key key);

}  // namespace harmonic::smartlist
