// server/file.h - a file that is open for sending, a piece at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "server/readable.h"

namespace harmonic::server {

/// Owns the descriptor, so that a file which is replaced while it plays is sent to its end as it
/// was.
class File final : public Readable {
 public:
  /// Errors  kNotFound: no regular file of that name, or none that we may read.
  [[nodiscard]] static Result<std::shared_ptr<File>> open(const std::filesystem::path& path);

  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() override;

  [[nodiscard]] std::uint64_t size() const override { return size_; }
  /// Changes with the size and the time of the last change.
  [[nodiscard]] const std::string& etag() const override { return etag_; }
  [[nodiscard]] std::size_t read_at(std::uint64_t offset, std::span<char> into) override;

 private:
  File(int descriptor, std::uint64_t size, std::string etag)
      : descriptor_{descriptor}, size_{size}, etag_{std::move(etag)} {}

  int descriptor_;
  std::uint64_t size_;
  std::string etag_;
};

}  // namespace harmonic::server
