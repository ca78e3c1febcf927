// scan/inner_sheets.h - albums that carry their cue sheet inside stand in the library as its songs.
#pragma once

#include <vector>

#include "catalog/store.h"
#include "scan/crew.h"
#include "scan/walk.h"

namespace harmonic::scan {

/// As tell_apart() of scan/sheets.h, which comes first, for sheets in the tags of sound files. Only
/// files that are new or have changed are opened: of the others it is known what they are.
/// `known` in the order of the bytes of the paths.
void tell_inner_apart(Walk& walk, const std::vector<catalog::KnownFile>& known,
                      const std::vector<catalog::FailedFile>& failed, Crew& crew,
                      const OnProgress& on_progress);

}  // namespace harmonic::scan
