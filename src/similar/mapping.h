// similar/mapping.h - pages of memory: of a file, or fresh ones.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "base/result.h"

namespace harmonic::similar {

/// Owns its pages; they begin at a multiple of the page size, so of any vector register's too.
class Mapping {
 public:
  Mapping() = default;
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) noexcept;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping();

  /// Writable zeros. Errors  kUnavailable: not that much memory.
  [[nodiscard]] static Result<Mapping> of_zeros(std::size_t size);
  /// A file to be read, which nobody may change in place meanwhile: what writes it puts a new file
  /// under the name and leaves the old one to those who have it mapped.
  /// Errors  kNotFound.  kInvalidInput: a folder, a pipe.  kUnavailable: cannot be read.
  [[nodiscard]] static Result<Mapping> of_file(const std::filesystem::path& file);

  [[nodiscard]] std::string_view bytes() const { return {begin_, size_}; }
  /// Only of what of_zeros() gave.
  [[nodiscard]] std::span<char> writable() { return {begin_, size_}; }
  /// From `offset` on, pages are wanted one by one: the system reads none ahead.
  void expect_random_reads(std::size_t offset) const;

 private:
  Mapping(char* begin, std::size_t size) : begin_{begin}, size_{size} {}

  char* begin_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace harmonic::similar
