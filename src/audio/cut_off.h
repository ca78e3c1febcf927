// audio/cut_off.h - does a file end before its own blocks do? Internal to the module.
#pragma once

#include <cstdint>
#include <string_view>

#include "audio/byte_source.h"

namespace harmonic::audio {

/// Bytes `start` .. `start + length` of a file.
struct Stretch {
  std::int64_t start = 0;
  std::int64_t length = 0;
};

/// What is inside the first chunk of this name, a lower-case one; the file's may be in capitals.
/// The length is as claimed, 0 where there is no such chunk.
[[nodiscard]] Stretch wav_chunk(const ByteSource& source, std::string_view name);

/// True when the last Ogg page claims more bytes than the file holds.
/// Source  RFC 3533, section 6: a page is 27 bytes, a table of lacing values, and their sum.
[[nodiscard]] bool ends_inside_an_ogg_page(const ByteSource& source);

/// True when the `data` chunk claims more bytes than the file holds. Sizes of 0 and 0xFFFFFFFF are
/// those of a program that could not go back to write the true one: they claim nothing. Source
/// Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0" (1991), RIFF
[[nodiscard]] bool ends_inside_wav_data(const ByteSource& source);

}  // namespace harmonic::audio
