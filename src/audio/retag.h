// audio/retag.h - a sound file with some of its fields changed, and its sound left as it is.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audio/words.h"
#include "base/result.h"

namespace harmonic::audio {

/// One field and the one value that it is to have. Names as in audio/words.h.
struct TagChange {
  std::string name;
  std::string value;  ///< UTF-8
};

/// The fields of a file as they stand.
/// Errors  those of audio/media_file.h.
[[nodiscard]] Result<Words> read_words(std::span<const std::byte> file);

/// The file with these fields changed and all others as they were; ID3v2 keeps its version. Needs
/// memory for the file twice.
/// Errors  those of audio/media_file.h, and
///         kInvalidInput  its tags cannot be written, or the sound would not stay the same: every
///         packet is compared
[[nodiscard]] Result<std::string> retagged(std::string_view file,
                                           std::span<const TagChange> changes);

}  // namespace harmonic::audio
