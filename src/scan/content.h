// scan/content.h - a first look into a file: is it plainly something else, and what tells its
// content from others.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "catalog/song.h"

namespace harmonic::scan {

/// How much is read at the start, in the middle and at the end of a file. A shorter file than three
/// of these is read whole.
inline constexpr std::int64_t kPieceBytes = std::int64_t{64} * 1024;

struct Glimpse {
  std::optional<std::string_view> other_kind;  ///< scan/file_kind.h
  /// The first 128 bits of the SHA-256 of the size and the three pieces. Two recordings of one
  /// length may begin and end in silence, but their middles differ. A track's (audio/cue_song.h):
  /// of that of its file, and of where it starts.
  catalog::ContentKey content{};
};

/// Errors  kNotFound, kUnavailable (may not be read, the disk failed), kInvalidInput (empty, not a
///         regular file); the reason without the path.
[[nodiscard]] Result<Glimpse> glimpse(const std::filesystem::path& path);

}  // namespace harmonic::scan
