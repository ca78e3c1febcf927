// audio/tags.h - what a sound file says about itself.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "base/result.h"
#include "base/song_tags.h"

namespace harmonic::audio {

class MediaFile;

/// Clean UTF-8 (audio/text.h). Repeated fields, and the separators that a container defines, give
/// several values; a "/" or ";" inside a value separates nothing.
using Tags = SongTags;

/// Errors  those of audio/media_file.h: the reason, without the path.
[[nodiscard]] Result<Tags> read_tags(const std::filesystem::path& path);
[[nodiscard]] Result<Tags> read_tags(std::span<const std::byte> bytes);
[[nodiscard]] Tags tags_of(const MediaFile& file);

}  // namespace harmonic::audio
