// server/song_part.h - a track of a cue sheet, to be sent as if it were a file.
#pragma once

#include <memory>
#include <string>

#include "audio/part_stream.h"
#include "catalog/song.h"
#include "server/readable.h"

namespace harmonic::server {

class SongPart final : public Readable {
 public:
  /// `song` by the path of a track (audio/cue_song.h).
  /// Errors  kNotFound: its sheet or its sound is not there any more; those of PartStream::open.
  [[nodiscard]] static Result<std::shared_ptr<SongPart>> open(const catalog::Song& song);

  [[nodiscard]] std::uint64_t size() const override { return stream_.size(); }
  /// Changes with the sound file and with the sheet.
  [[nodiscard]] const std::string& etag() const override { return etag_; }
  [[nodiscard]] std::size_t read_at(std::uint64_t offset, std::span<char> into) override {
    return stream_.read_at(offset, into);
  }

 private:
  SongPart(audio::PartStream stream, std::string etag)
      : stream_{std::move(stream)}, etag_{std::move(etag)} {}

  audio::PartStream stream_;
  std::string etag_;
};

}  // namespace harmonic::server
