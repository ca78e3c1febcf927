// Module audio: a sound file -> what it says of itself and what it sounds like.
//
// Uses     base.  Used by scan and the `hear` command. Knows nothing of libraries, users or HTTP.
// Threads  one Decoder or Analyser per thread; the free functions are safe from any thread.
// Read     decode.h, then analyse.h; every feature is explained in docs/features.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "audio/tags.h"
#include "base/result.h"

namespace harmonic::audio {

/// The rate that every feature but loudness is computed at.
inline constexpr int kFeatureRate = 22050;

/// A piece of sound. Both views show the same time span, are finite, and stand until the next read;
/// either may be empty. Full scale is [-1, 1]; samples that are not finite or beyond 4 (+12 dB) are
/// 0.
struct Block {
  std::span<const float> mono;      ///< [n] at kFeatureRate, the mean of the channels
  std::span<const float> channels;  ///< [m x channel_count] interleaved at Decoder::rate()
};

class Decoder {
 public:
  /// Format, container and channel layout are taken from the bytes; the name plays no part. More
  /// than two channels are mixed down to two. Memory: one packet, one frame, and their resampled
  /// copy. Errors  those of audio/media_file.h, with a reason and without the path.
  [[nodiscard]] static Result<Decoder> open(const std::filesystem::path& path);
  /// `bytes` must stay until the Decoder is gone.
  [[nodiscard]] static Result<Decoder> open(std::span<const std::byte> bytes);

  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;
  ~Decoder();

  [[nodiscard]] const std::string& container()
      const;  ///< "mp3", "flac", "ogg", "opus", "m4a", "wav"
  [[nodiscard]] const Tags& tags() const;
  [[nodiscard]] int rate() const;           ///< Hz of Block::channels, 8000 .. 48000
  [[nodiscard]] int channel_count() const;  ///< 1 or 2
  /// Reading goes on at `sample`, counted as in Block::channels, or before it: gives where. Behind
  /// the file's end there is nothing to read.
  [[nodiscard]] std::int64_t seek(std::int64_t sample);
  /// What was decoded so far; after the last read, the true length whatever the header claims.
  [[nodiscard]] std::chrono::milliseconds decoded() const;

  /// The next piece; false at the end of a file that was read to the length that it promises.
  /// Errors  kInvalidInput: cut off (less than 98 % of the promised length, or an Ogg page without
  /// its
  ///         end), damaged (over half of the packets cannot be decoded), no sound at all.
  ///         kUnavailable: the disk failed.
  [[nodiscard]] Result<bool> read(Block& block);

 private:
  struct Inside;
  explicit Decoder(std::unique_ptr<Inside> inside);
  [[nodiscard]] static Result<Decoder> make(MediaFile file);
  std::unique_ptr<Inside> inside_;
};

}  // namespace harmonic::audio
