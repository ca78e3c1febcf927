// classic/cache.h - finished rows on disk, so that an interrupted run goes on where it was.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "classic/measure.h"

namespace harmonic::classic {

/// One line of JSON, times and absent figures included; what is absent is null.
[[nodiscard]] std::string json_of(const Row& row);

/// Errors  kCorrupt: not what json_of() writes.
[[nodiscard]] Result<Row> row_of(std::string_view text);

/// What the archive's files in `dir` are: the digest of their digests, 64 hexadecimal digits.
/// Errors  those of find_archive() and sha256_of_file().
[[nodiscard]] Result<std::string> digest_of_archive(const std::filesystem::path& dir);

/// A folder of rows, each under the digest of all that it hangs on. Without a folder nothing is
/// kept.
class Cache {
 public:
  /// Errors  kUnavailable: the folder cannot be made. An empty path keeps nothing.
  [[nodiscard]] static Result<Cache> open(std::filesystem::path folder);

  /// The row that was kept for `settings`. A damaged file counts as none: the row is made again.
  [[nodiscard]] std::optional<Row> find(std::string_view settings) const;

  /// Whole or not at all, also under a kill. Errors  kUnavailable: it cannot be written.
  [[nodiscard]] Result<void> keep(std::string_view settings, const Row& row) const;

 private:
  explicit Cache(std::filesystem::path folder) : folder_{std::move(folder)} {}
  [[nodiscard]] std::filesystem::path file_of(std::string_view settings) const;
  std::filesystem::path folder_;
};

}  // namespace harmonic::classic
