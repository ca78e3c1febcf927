// songlist/mood_words.h - the words by which people sort songs, as places in the plane.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/valence_arousal.h"

namespace harmonic::songlist {

/// The place of a mood word in English; upper and lower case are alike. Nothing for a word that is
/// not in the table (mood_words.cpp, where the sources stand).
[[nodiscard]] std::optional<ValenceArousal> point_of_word(std::string_view word);

/// All words that have a place, for messages and help.
[[nodiscard]] std::vector<std::string_view> mood_words();

}  // namespace harmonic::songlist
