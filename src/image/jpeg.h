// image/jpeg.h - the markers of a JPEG file, read without unpacking it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace harmonic::image {

struct JpegSize {
  int width = 0;
  int height = 0;
};

/// The size that the frame header states; nothing when there is none before the bytes end.
/// Source  ITU-T T.81, annex B.
[[nodiscard]] std::optional<JpegSize> jpeg_size(std::span<const std::byte> encoded);

/// True when the markers lead without a break from the start of the image to its end (EOI).
/// Pictures inside of application segments (thumbnails) do not count.
[[nodiscard]] bool jpeg_is_whole(std::span<const std::byte> encoded);

}  // namespace harmonic::image
