// image/codec.h - picture files to pixels and back; what the bytes are decides, never a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "image/picture.h"

namespace harmonic::image {

/// A picture with more pixels is refused before a byte of it is unpacked: a few kilobytes of PNG
/// can ask for gigabytes. 50 million is above every camera that people have in a computer or
/// telephone.
inline constexpr std::int64_t kMostPixels = 50'000'000;

enum class Format : std::uint8_t { kJpeg, kPng, kWebp };

/// What the first bytes say; nothing for anything else than the three.
[[nodiscard]] std::optional<Format> format_of(std::span<const std::byte> encoded);

/// What a file says of itself before it is unpacked; both sides are at least 1.
struct Header {
  Format format = Format::kJpeg;
  int width = 0;
  int height = 0;
};

/// Errors  kInvalidInput: empty, none of the three formats, or cut off before its size is told.
[[nodiscard]] Result<Header> read_header(std::span<const std::byte> encoded);

/// Unpacks a JPEG, PNG or WebP into R, G, B; a JPEG's EXIF orientation is obeyed, transparency is
/// dropped.
/// Errors  kInvalidInput: those of read_header, over kMostPixels, cut off, or damaged inside. A
/// JPEG
///         whose end is missing is refused: its decoder would fill the rest with grey and call it
///         well.
[[nodiscard]] Result<Picture> decode(std::span<const std::byte> encoded);

/// The bytes of a file, at most 256 MiB.
/// Errors  kNotFound: no such file.  kUnavailable: unreadable.  kInvalidInput: larger, or no file.
[[nodiscard]] Result<std::vector<std::byte>> read_bytes(const std::filesystem::path& file);

/// The first bytes of a file of any size, enough for format_of().
/// Errors  as read_bytes.
[[nodiscard]] Result<std::vector<std::byte>> read_start(const std::filesystem::path& file);

/// read_bytes, then decode.
[[nodiscard]] Result<Picture> decode_file(const std::filesystem::path& file);

/// `picture` has 1 or 3 channels and is not empty.
/// Errors  kInvalidInput when it is not so.
[[nodiscard]] Result<std::vector<std::byte>> encode_png(const Picture& picture);

/// `quality` 1 .. 100.
[[nodiscard]] Result<std::vector<std::byte>> encode_jpeg(const Picture& picture, int quality = 90);

/// encode_png into a file.
/// Errors  also kUnavailable: the file cannot be written.
[[nodiscard]] Result<void> write_png(const Picture& picture, const std::filesystem::path& file);

}  // namespace harmonic::image
