#include "image/jpeg.h"

#include <cstdint>

namespace harmonic::image {

namespace {

constexpr std::uint8_t kStartOfScan = 0xDA;
constexpr std::uint8_t kEndOfImage = 0xD9;

// Walks from marker to marker. After a scan's header its entropy-coded data is skipped, in which
// FF 00 is a data byte and FF D0 .. FF D7 are restarts.
class Markers {
 public:
  explicit Markers(std::span<const std::byte> bytes) : bytes_{bytes} {}

  /// The next marker; nothing when the bytes end or are no JPEG.
  std::optional<std::uint8_t> next() {
    if (in_scan_) {
      skip_scan();
    } else if (at_ > 2) {
      skip_segment();
    }
    while (at_ + 1 < bytes_.size() && byte(at_) == 0xFF && byte(at_ + 1) == 0xFF) ++at_;  // padding
    if (at_ + 1 >= bytes_.size() || byte(at_) != 0xFF) return std::nullopt;
    const std::uint8_t marker = byte(at_ + 1);
    at_ += 2;
    return marker;
  }

  /// `offset` bytes into the current segment, counted from its length field.
  [[nodiscard]] std::optional<int> word(std::size_t offset) const {
    if (at_ + offset + 1 >= bytes_.size()) return std::nullopt;
    return byte(at_ + offset) * 256 + byte(at_ + offset + 1);
  }

  void scan_begins() { in_scan_ = true; }

 private:
  [[nodiscard]] std::uint8_t byte(std::size_t i) const {
    return static_cast<std::uint8_t>(bytes_[i]);
  }

  void skip_segment() {
    const auto length = word(0);
    at_ += length ? static_cast<std::size_t>(*length) : bytes_.size();
  }

  void skip_scan() {
    in_scan_ = false;
    skip_segment();
    for (; at_ + 1 < bytes_.size(); ++at_) {
      const std::uint8_t after = byte(at_ + 1);
      const bool data = after == 0 || after == 0xFF || (after >= 0xD0 && after <= 0xD7);
      if (byte(at_) == 0xFF && !data) return;
    }
    at_ = bytes_.size();
  }

  std::span<const std::byte> bytes_;
  std::size_t at_ = 2;  // behind the start of image
  bool in_scan_ = false;
};

// SOF0 .. SOF15 without the tables DHT, JPG and DAC that sit between them.
bool is_frame_header(std::uint8_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

}  // namespace

std::optional<JpegSize> jpeg_size(std::span<const std::byte> encoded) {
  Markers markers{encoded};
  while (const auto marker = markers.next()) {
    if (*marker == kStartOfScan || *marker == kEndOfImage) return std::nullopt;
    if (!is_frame_header(*marker)) continue;
    const auto height = markers.word(3);
    const auto width = markers.word(5);
    if (!height || !width) return std::nullopt;
    return JpegSize{*width, *height};
  }
  return std::nullopt;
}

bool jpeg_is_whole(std::span<const std::byte> encoded) {
  Markers markers{encoded};
  bool scanned = false;
  while (const auto marker = markers.next()) {
    if (*marker == kEndOfImage) return scanned;
    if (*marker == kStartOfScan) {
      scanned = true;
      markers.scan_begins();
    }
  }
  return false;
}

}  // namespace harmonic::image
