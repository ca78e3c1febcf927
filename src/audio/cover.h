// audio/cover.h - the picture of a song: inside its file, or beside it in the folder.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace harmonic::audio {

/// No picture is larger; one that is, is passed over.
inline constexpr std::size_t kLargestCover = std::size_t{16} << 20;

struct Cover {
  std::vector<std::byte> bytes;  ///< as they were found, never coded anew
  std::string media_type;  ///< "image/jpeg", "image/png", "image/webp", "image/gif" or "image/bmp"
};

/// The embedded front cover, or the first picture where none is called so; empty when the file
/// carries none. Its bytes are not looked into: the media type is what they begin with, never what
/// the tag claims.
/// Errors  those of audio/media_file.h.
[[nodiscard]] Result<std::optional<Cover>> read_cover(const std::filesystem::path& song);
[[nodiscard]] Result<std::optional<Cover>> read_cover(std::span<const std::byte> bytes);

/// The picture in the song's folder by the name of cover, folder, front, album or artist, in this
/// order and any case, ending in .jpg, .jpeg, .png or .webp. Regular files only; one whose bytes
/// are no picture is passed over.
[[nodiscard]] std::optional<Cover> folder_cover(const std::filesystem::path& song);

/// The path may be a track's (audio/cue_song.h). read_cover, else folder_cover: a file that cannot
/// be read may still have a picture beside it. Errors  those of read_cover, where no picture lies
/// in the folder.
[[nodiscard]] Result<std::optional<Cover>> find_cover(const std::filesystem::path& song);

}  // namespace harmonic::audio
