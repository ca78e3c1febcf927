#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "image/codec.h"
#include "image/jpeg.h"

namespace harmonic::image {

namespace {

using Bytes = std::span<const std::byte>;

bool has(Bytes bytes, std::size_t at, std::string_view text) {
  if (bytes.size() < at + text.size()) return false;
  return std::equal(text.begin(), text.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char c, std::byte b) { return static_cast<std::byte>(c) == b; });
}

// Little-endian when `step` is 1 and `at` the first byte; the caller has checked the size.
std::uint32_t little(Bytes bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = count; i-- > 0;) {
    value = value << 8U | static_cast<std::uint32_t>(bytes[at + i]);
  }
  return value;
}

std::uint32_t big(Bytes bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value << 8U | static_cast<std::uint32_t>(bytes[at + i]);
  }
  return value;
}

struct Size {
  std::int64_t width = 0;
  std::int64_t height = 0;
};

// Source  PNG specification (W3C, 2nd edition), 11.2.2: IHDR comes first.
std::optional<Size> png_size(Bytes bytes) {
  if (bytes.size() < 24 || !has(bytes, 12, "IHDR")) return std::nullopt;
  return Size{big(bytes, 16), big(bytes, 20)};
}

// Source  RFC 9649 (WebP): the chunk after the RIFF header is VP8, VP8L or VP8X.
std::optional<Size> webp_size(Bytes bytes) {
  if (bytes.size() < 30) return std::nullopt;
  if (has(bytes, 12, "VP8X")) return Size{little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1};
  if (has(bytes, 12, "VP8L")) {
    const std::uint32_t bits = little(bytes, 21, 4);
    return Size{(bits & 0x3FFFU) + 1, (bits >> 14U & 0x3FFFU) + 1};
  }
  if (has(bytes, 12, "VP8 ")) {
    return Size{little(bytes, 26, 2) & 0x3FFFU, little(bytes, 28, 2) & 0x3FFFU};
  }
  return std::nullopt;
}

std::optional<Size> size_of_jpeg(Bytes bytes) {
  const auto size = jpeg_size(bytes);
  if (!size) return std::nullopt;
  return Size{size->width, size->height};
}

Result<Header> header_of(Format format, std::optional<Size> size) {
  constexpr std::int64_t kLongestSide = 1
                                        << 24;  // WebP's limit, the largest of the three that bind
  if (!size) {
    return fail(ErrorKind::kInvalidInput, "the picture is cut off before it tells its size");
  }
  if (size->width < 1 || size->height < 1 || std::max(size->width, size->height) > kLongestSide) {
    return fail(ErrorKind::kInvalidInput,
                "the picture states a size that cannot be: " + std::to_string(size->width) + " x " +
                    std::to_string(size->height));
  }
  return Header{format, static_cast<int>(size->width), static_cast<int>(size->height)};
}

}  // namespace

std::optional<Format> format_of(Bytes encoded) {
  using std::string_view_literals::operator""sv;
  if (has(encoded, 0, "\xFF\xD8\xFF"sv)) return Format::kJpeg;
  if (has(encoded, 0, "\x89PNG\r\n\x1A\n"sv)) return Format::kPng;
  if (has(encoded, 0, "RIFF"sv) && has(encoded, 8, "WEBP"sv)) return Format::kWebp;
  return std::nullopt;
}

Result<Header> read_header(Bytes encoded) {
  if (encoded.empty()) return fail(ErrorKind::kInvalidInput, "the file is empty");
  const auto format = format_of(encoded);
  if (!format) return fail(ErrorKind::kInvalidInput, "the file is neither JPEG nor PNG nor WebP");
  // OpenCV asks its DICOM reader about a WebP that its WebP reader does not know, and that one
  // takes any length for true.
  if (*format == Format::kWebp && has(encoded, 128, "DICM")) {
    return fail(ErrorKind::kInvalidInput, "the picture is WebP by its start and DICOM inside");
  }
  switch (*format) {
    case Format::kJpeg: return header_of(*format, size_of_jpeg(encoded));
    case Format::kPng: return header_of(*format, png_size(encoded));
    case Format::kWebp: break;
  }
  return header_of(*format, webp_size(encoded));
}

}  // namespace harmonic::image
