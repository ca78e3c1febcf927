// server/song_map.h - every song of the library as a point, in as few bytes as a page can read at
// once; and the ids by which it asks for the names of some.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "recommend/snapshot.h"

namespace harmonic::server {

/// The songs that were heard, by id. Little-endian: "HFM1", u32 count, then three columns of that
/// length: ids (i64), valences (f32), arousals (f32); 16 bytes a song.
[[nodiscard]] std::string write_map(const recommend::Snapshot& library);

/// At most this many songs are told of at once.
inline constexpr std::size_t kMostIds = 200;

/// The ids of "1,2,3".
/// Errors  kInvalidInput: empty, something else than whole numbers above 0 with commas between, or
///         more than kMostIds.
[[nodiscard]] Result<std::vector<SongId>> read_ids(std::string_view list);

}  // namespace harmonic::server
