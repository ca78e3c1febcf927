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

}  // namespace harmonic::audio
