// audio/cue_song.h - a song that is a part of a sound file: one track of a cue sheet, by a path of
// its own.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "audio/cue_sheet.h"
#include "audio/tags.h"
#include "base/result.h"

namespace harmonic::audio {

/// A part of a file, as a cue sheet tells it.
struct Part {
  std::chrono::milliseconds start{0};
  std::optional<std::chrono::milliseconds> end;  ///< absent: the file's end
};

struct CueSong {
  std::filesystem::path sound;
  Part part;
  CueSheet sheet;
  CueTrack track;  ///< of the sheet
};

/// Whether the name ends in .cue, in any case.
[[nodiscard]] bool is_cue_sheet(std::string_view path);

/// The path by which a track is known, as the Music Player Daemon names it: "album.cue/track0003"
/// for the third of the sheet, whatever its own number, which two discs in one sheet share;
/// "album.flac/track0003" where the sheet is inside the file (audio/inner_cue.h).
[[nodiscard]] std::filesystem::path path_of_track(const std::filesystem::path& sheet, int place);

/// The sheet that the path of a track begins with; nothing for any other path. No file is looked
/// at.
[[nodiscard]] std::optional<std::filesystem::path> sheet_of(const std::filesystem::path& path);

/// `path` as path_of_track makes it.
/// Errors  those of read_cue, read_inner_cue and sound_of; kNotFound: no such track.
[[nodiscard]] Result<CueSong> find_cue_song(const std::filesystem::path& path);

/// What the sheet says in place of what the whole file says; what is true of the whole file alone
/// (its MusicBrainz ids, gains and number of tracks) is taken away.
void tell_track(Tags& tags, const CueSheet& sheet, const CueTrack& track);

}  // namespace harmonic::audio
