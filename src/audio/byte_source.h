// audio/byte_source.h - bytes that can be read anywhere: a regular file or memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "base/result.h"

namespace harmonic::audio {

class ByteSource {
 public:
  /// Never waits: anything but a regular file (pipe, device, folder) is refused.
  /// Errors  kNotFound, kUnavailable (may not be read), kInvalidInput (empty, not a regular file).
  [[nodiscard]] static Result<ByteSource> open(const std::filesystem::path& path);
  /// Errors  kInvalidInput when empty.
  [[nodiscard]] static Result<ByteSource> over(std::span<const std::byte> bytes);

  ByteSource(ByteSource&& other) noexcept;
  ByteSource& operator=(ByteSource&& other) noexcept;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  ~ByteSource();

  [[nodiscard]] std::int64_t size() const { return size_; }
  /// Fills `into` from `at`; returns how many bytes were there, 0 at the end, -1 when the disk
  /// failed.
  [[nodiscard]] std::int64_t read(std::int64_t at, std::span<std::byte> into) const;

 private:
  ByteSource() = default;
  int file_ = -1;
  std::span<const std::byte> bytes_;
  std::int64_t size_ = 0;
};

}  // namespace harmonic::audio
