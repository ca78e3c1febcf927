// audio/inner_cue.h - the cue sheet that the file of an album carries in its own tags.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "audio/cue_sheet.h"
#include "base/result.h"

namespace harmonic::audio {

/// Whether a file of this name is looked into for a sheet: FLAC, in which rippers put them, by the
/// end of the name in any case.
[[nodiscard]] bool may_carry_cue(std::string_view path);

/// The sheet of the field CUESHEET. All of its tracks lie in this file, which the field names as it
/// was called before it was coded. Nothing where there is no such field, or where it makes no
/// sense, names several files or fewer than two songs: the file is one song then.
/// Errors  those of MediaFile.
[[nodiscard]] Result<std::optional<CueSheet>> read_inner_cue(const std::filesystem::path& sound);

}  // namespace harmonic::audio
