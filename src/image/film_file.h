// image/film_file.h - the frames of a film that is a file.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/result.h"
#include "image/film.h"

namespace harmonic::image {

/// Film::open is its way in.
/// Threads  one at a time.
class FilmFile {
 public:
  /// Errors  as Film::open.
  [[nodiscard]] static Result<FilmFile> open(const std::filesystem::path& file);

  /// The next frame, upright if the film says how it was held; nothing at the end. Frames that are
  /// damaged or larger than kMostPixels are left out.
  /// Errors  kUnavailable: there is no memory for it.
  [[nodiscard]] Result<std::optional<Frame>> next();

  FilmFile(FilmFile&&) noexcept;
  FilmFile& operator=(FilmFile&&) noexcept;
  ~FilmFile();

 private:
  struct Inside;  // the library's types stay in film_file.cpp
  explicit FilmFile(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace harmonic::image
