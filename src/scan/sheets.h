// scan/sheets.h - sound files that a cue sheet tells apart stand in the library as its songs.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scan/walk.h"

namespace harmonic::scan {

/// Puts the tracks of each cue sheet that was found in the place of the sound files which it cuts
/// into two or more; the sheets themselves are no songs. A file that is a track by itself stays
/// what it is: its own tags say more. Of two sheets for one file the first by path counts. A sheet
/// that cannot be read is told among `unreadable`, and what it names stays as it is.
void tell_apart(Walk& walk);

/// The stamp of each of `count` tracks of a sound file: its share of the bytes, so that progress
/// adds up.
[[nodiscard]] catalog::FileStamp stamp_of_track(const catalog::FileStamp& sound, std::size_t count);

/// Puts `tracks` in the place of the `sounds` that they are parts of, and of cue sheets.
void put_tracks(Walk& walk, std::vector<std::string> sounds, std::vector<FoundFile> tracks);

}  // namespace harmonic::scan
