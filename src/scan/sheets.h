// scan/sheets.h - sound files that a cue sheet tells apart stand in the library as its songs.
#pragma once

#include "scan/walk.h"

namespace harmonic::scan {

/// Puts the tracks of each cue sheet that was found in the place of the sound files which it cuts
/// into two or more; the sheets themselves are no songs. A file that is a track by itself stays
/// what it is: its own tags say more. Of two sheets for one file the first by path counts. A sheet
/// that cannot be read is told among `unreadable`, and what it names stays as it is.
void tell_apart(Walk& walk);

}  // namespace harmonic::scan
