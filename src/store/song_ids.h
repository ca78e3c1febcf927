// store/song_ids.h - songs in order as one text, for rows that nothing is looked up in.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

namespace harmonic::store {

/// "3 14 3": their ids with a space between.
[[nodiscard]] std::string ids_text(std::span<const SongId> songs);
/// kCorrupt where the text cannot be ids_text()'s.
[[nodiscard]] Result<std::vector<SongId>> ids_of(std::string_view text);

}  // namespace harmonic::store
