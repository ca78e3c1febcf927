// audio/part_stream.h - a part of a sound file as a file of its own, made while it is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "audio/claims.h"
#include "audio/cue_song.h"
#include "audio/decode.h"
#include "base/result.h"

namespace harmonic::audio {

/// A WAV of 16 bits: what a player may ask for from any byte on, though nothing of it is stored.
/// Exact to the sample for FLAC and WAV; other codecs begin within a frame of where they should.
/// Memory as the Decoder's. Threads  one at a time.
class PartStream {
 public:
  /// Errors  those of Decoder::open; kInvalidInput: the part begins behind the file's end, its
  ///         length is not known, or it does not fit into a WAV (4 GB).
  [[nodiscard]] static Result<PartStream> open(const std::filesystem::path& sound,
                                               const Part& part);
  /// `sound` must stay until the PartStream is gone.
  [[nodiscard]] static Result<PartStream> open(std::span<const std::byte> sound, const Part& part);

  [[nodiscard]] std::uint64_t size() const { return header_.size() + length_; }
  /// Reads from byte `offset` on; fewer bytes than asked for only at the end. A file that ends
  /// before its part, or is damaged in the middle, goes on in silence.
  [[nodiscard]] std::size_t read_at(std::uint64_t offset, std::span<char> into);

 private:
  PartStream(Decoder decoder, std::int64_t first, std::int64_t last);
  [[nodiscard]] static Result<PartStream> make(const Claims& claims, Decoder decoder,
                                               const Part& part);
  /// Makes `pcm_` hold the byte `at` of the part.
  void reach(std::uint64_t at);
  [[nodiscard]] bool decode_next();
  [[nodiscard]] std::uint64_t end_of_pcm() const { return pcm_at_ + pcm_.size(); }

  Decoder decoder_;
  std::int64_t first_;         ///< sample of the file
  std::uint64_t frame_bytes_;  ///< of one sample of all channels
  std::uint64_t length_;       ///< bytes of sound
  std::string header_;
  std::string pcm_;           ///< what was decoded last
  std::uint64_t pcm_at_ = 0;  ///< where in the part that begins
  std::int64_t next_ = 0;     ///< the file's sample that is decoded next
  /// Where the file turned out to end: it is not decoded again for what should come after.
  std::optional<std::int64_t> end_;
};

}  // namespace harmonic::audio
