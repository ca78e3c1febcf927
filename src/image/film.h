// image/film.h - moving pictures, one frame after another, from a file or a camera.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/result.h"
#include "image/picture.h"

namespace harmonic::image {

/// `seconds` since the first frame: of the film's own clock for a file, of the wall for a camera.
struct Frame {
  Picture picture;
  double seconds = 0.0;
};

/// Threads  one at a time.
class Film {
 public:
  /// Errors  kNotFound: no such file.  kUnavailable: unreadable.  kInvalidInput: not a film of a
  /// kind
  ///         that is read (docs/decisions/0169), or larger than kMostPixels.
  [[nodiscard]] static Result<Film> open(const std::filesystem::path& file);

  /// Camera `number` of this machine, 0 the first, at 640x480 where it can.
  /// Errors  kUnavailable: there is none, or another program holds it.
  [[nodiscard]] static Result<Film> camera(int number);

  /// The next frame; nothing at the end of the film.
  /// Errors  kUnavailable: the camera stopped answering, or there is no memory for a frame.
  [[nodiscard]] Result<std::optional<Frame>> next();

  Film(Film&&) noexcept;
  Film& operator=(Film&&) noexcept;
  ~Film();

 private:
  struct Source;  // the library's types stay in film.cpp
  explicit Film(std::unique_ptr<Source> source);
  std::unique_ptr<Source> source_;
};

}  // namespace harmonic::image
