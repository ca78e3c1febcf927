// server/file.h - a file that is open for sending, a piece at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"

namespace harmonic::server {

/// Owns the descriptor, so that a file which is replaced while it plays is sent to its end as it
/// was.
class File {
 public:
  /// Errors  kNotFound: no regular file of that name, or none that we may read.
  [[nodiscard]] static Result<std::shared_ptr<const File>> open(const std::filesystem::path& path);

  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File();

  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Strong: changes with the size and the time of the last change. With its quotes.
  [[nodiscard]] const std::string& etag() const { return etag_; }
  /// Reads from `offset` on; fewer bytes than asked for only at the end, 0 there and on a disk
  /// error.
  [[nodiscard]] std::size_t read_at(std::uint64_t offset, std::span<char> into) const;

 private:
  File(int descriptor, std::uint64_t size, std::string etag)
      : descriptor_{descriptor}, size_{size}, etag_{std::move(etag)} {}

  int descriptor_;
  std::uint64_t size_;
  std::string etag_;
};

}  // namespace harmonic::server
