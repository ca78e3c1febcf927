// audio/cut_off.h - does a file end before its own blocks do? Internal to the module.
#pragma once

#include "audio/byte_source.h"

namespace harmonic::audio {

/// True when the last Ogg page claims more bytes than the file holds.
/// Source  RFC 3533, section 6: a page is 27 bytes, a table of lacing values, and their sum.
[[nodiscard]] bool ends_inside_an_ogg_page(const ByteSource& source);

/// True when the `data` chunk claims more bytes than the file holds. Sizes of 0 and 0xFFFFFFFF are
/// those of a program that could not go back to write the true one: they claim nothing. Source
/// Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0" (1991), RIFF
[[nodiscard]] bool ends_inside_wav_data(const ByteSource& source);

}  // namespace harmonic::audio
