// scan/plan.h - what a scan has to do: what is there against what is known. Pure but for gone().
#pragma once

#include <cstddef>
#include <vector>

#include "catalog/store.h"
#include "scan/walk.h"

namespace harmonic::scan {

struct Plan {
  std::vector<FoundFile> to_hear;   ///< new, changed, or heard by an older analysis
  std::size_t unchanged = 0;        ///< songs that need no opening
  std::vector<Trouble> remembered;  ///< files that failed before and did not change
  std::vector<SongId> gone;         ///< songs whose file is not there any more
};

/// A song is gone only when its file cannot be found inside a root that is there, in a folder that
/// could be read: an unmounted disk takes no song away.
[[nodiscard]] Plan make_plan(const Walk& walk, const std::vector<catalog::KnownFile>& known,
                             const std::vector<catalog::FailedFile>& failed, int analysis_version);

}  // namespace harmonic::scan
