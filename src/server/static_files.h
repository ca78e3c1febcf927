// server/static_files.h - the page itself, from the folder that its build wrote.
#pragma once

#include <filesystem>
#include <string_view>

#include "server/http.h"

namespace harmonic::server {

/// Files whose names carry a digest (the folder `assets/`) may be kept by the browser for ever;
/// the others are asked for again each time, which an ETag makes cheap.
class StaticFiles {
 public:
  /// `folder` may be absent; then every answer says so (503) and the API works without the page.
  explicit StaticFiles(std::filesystem::path folder) : folder_{std::move(folder)} {}

  /// `path` is decoded and begins with a slash. A path that leaves the folder, through ".." or
  /// through a link, is not found.
  [[nodiscard]] Response answer(const Request& request, std::string_view path) const;

 private:
  std::filesystem::path folder_;
};

/// By the name's ending; "application/octet-stream" for what no page of ours holds.
[[nodiscard]] std::string_view media_type_of(const std::filesystem::path& file);

}  // namespace harmonic::server
