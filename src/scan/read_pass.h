// scan/read_pass.h - the first pass: new and changed files become songs that wait to be heard, or
// are known again as songs that moved.
#pragma once

#include <cstddef>
#include <vector>

#include "scan/crew.h"
#include "scan/homes.h"
#include "scan/plan.h"

namespace harmonic::scan {

struct Read {
  std::vector<FileToHear> to_hear;  ///< songs that are stored and wait
  std::vector<Trouble> failed;
  std::size_t read = 0;   ///< stored anew
  std::size_t moved = 0;  ///< known again at another path
  std::size_t ready = 0;  ///< of the moved: those that need no hearing
};

/// Opens each file of plan.fresh and plan.changed for its tags and its content key, and those of
/// plan.unkeyed for the key alone. What was stored when it ends early is in the result.
///
/// Errors  any of the store.
[[nodiscard]] Result<Read> read_files(catalog::Store& store, Plan& plan,
                                      const std::vector<catalog::KnownFile>& known, Homes& homes,
                                      Crew& crew, const OnProgress& on_progress);

}  // namespace harmonic::scan
