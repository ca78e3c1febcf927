// audio/media_file.h - an opened sound file: container told by content, one sound stream chosen.
// Internal to the module: decode.cpp and tags.cpp stand on it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "audio/byte_source.h"
#include "base/result.h"

struct AVFormatContext;
struct AVStream;

namespace harmonic::audio {

/// Errors of every function here carry a reason without the path; the caller knows which file it
/// is.
///   kNotFound      no such file
///   kUnavailable   may not be read, or the disk failed
///   kInvalidInput  empty, not a sound file, a video, a format that is not read, cut off in its
///   header
class MediaFile {
 public:
  [[nodiscard]] static Result<MediaFile> open(const std::filesystem::path& path);
  /// `bytes` must stay until the MediaFile is gone.
  [[nodiscard]] static Result<MediaFile> open(std::span<const std::byte> bytes);

  MediaFile(MediaFile&&) noexcept;
  MediaFile& operator=(MediaFile&&) noexcept;
  ~MediaFile();

  [[nodiscard]] AVFormatContext& format() const;
  [[nodiscard]] AVStream& sound() const;
  [[nodiscard]] const ByteSource& source() const;
  /// "mp3", "flac", "ogg", "opus", "m4a" or "wav".
  [[nodiscard]] const std::string& container() const;
  /// True when the last page of an Ogg file, or the data of a WAV, says that it is longer than what
  /// is there. False for the other containers, whose headers tell a duration.
  [[nodiscard]] bool is_cut_off() const;
  /// True when the disk (not the data) failed while reading.
  [[nodiscard]] bool disk_failed() const;

 private:
  struct Inside;
  [[nodiscard]] static Result<MediaFile> open_source(ByteSource source);
  explicit MediaFile(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace harmonic::audio
