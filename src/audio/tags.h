// audio/tags.h - what a sound file says about itself, and the picture that it carries.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace harmonic::audio {

class MediaFile;

/// Clean UTF-8 (audio/text.h); an empty string means that the tag is absent.
struct Tags {
  std::string title;
  std::string artist;
  std::string album;
  std::string album_artist;
  std::string genre;
  std::optional<int> track;  ///< 1 .. 9999
  std::optional<int> year;   ///< 1 .. 9999
};

struct Cover {
  std::vector<std::byte> bytes;
  std::string media_type;  ///< "image/jpeg", "image/png", "image/webp", "image/gif" or "image/bmp"
};

/// Errors  those of audio/media_file.h: the reason, without the path.
[[nodiscard]] Result<Tags> read_tags(const std::filesystem::path& path);
[[nodiscard]] Result<Tags> read_tags(std::span<const std::byte> bytes);
[[nodiscard]] Tags tags_of(const MediaFile& file);

/// The first embedded picture; empty when the file carries none. Its bytes are not looked into: the
/// media type is what they begin with, never what the tag claims.
/// Errors  those of audio/media_file.h.
[[nodiscard]] Result<std::optional<Cover>> read_cover(const std::filesystem::path& path);
[[nodiscard]] Result<std::optional<Cover>> read_cover(std::span<const std::byte> bytes);

}  // namespace harmonic::audio
