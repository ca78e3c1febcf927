// audio/probe.h - what kind of file is it, by its bytes alone. Internal to the module.
#pragma once

#include <cstdint>
#include <string>

#include "audio/byte_source.h"
#include "base/result.h"

struct AVInputFormat;

namespace harmonic::audio {

struct Probed {
  const AVInputFormat* format = nullptr;
  std::string container;  ///< "mp3", "flac", "ogg", "m4a" or "wav"
};

/// Errors  kInvalidInput: another format (named), nothing known, or a tag without sound behind it.
[[nodiscard]] Result<Probed> probe(const ByteSource& source);

/// True when the last Ogg page claims more bytes than the file holds.
/// Source  RFC 3533, section 6: a page is 27 bytes, a table of lacing values, and their sum.
[[nodiscard]] bool ends_inside_an_ogg_page(const ByteSource& source);

}  // namespace harmonic::audio
