// server/readable.h - bytes that can be sent from anywhere on: a file, or what stands in for one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace harmonic::server {

/// Threads  one at a time for each.
class Readable {
 public:
  Readable() = default;
  Readable(const Readable&) = delete;
  Readable& operator=(const Readable&) = delete;
  virtual ~Readable() = default;

  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// Strong: changes with the bytes. With its quotes.
  [[nodiscard]] virtual const std::string& etag() const = 0;
  /// Reads from `offset` on; fewer bytes than asked for only at the end, 0 there and on a disk
  /// error.
  [[nodiscard]] virtual std::size_t read_at(std::uint64_t offset, std::span<char> into) = 0;
};

}  // namespace harmonic::server
