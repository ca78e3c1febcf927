// scan/hear_pass.h - the second pass: decodes the songs that wait, and stores each as soon as it
// was heard, so that a kill repeats none.
#pragma once

#include <cstddef>
#include <vector>

#include "mood/model.h"
#include "scan/crew.h"
#include "scan/plan.h"

namespace harmonic::scan {

struct Heard {
  std::size_t heard = 0;
  std::size_t refused = 0;  ///< songs that are none: they left the library
  std::vector<Trouble> failed;
  double audio_seconds = 0.0;
};

/// Without `moods` the songs have none yet.
/// Errors  any of the store.
[[nodiscard]] Result<Heard> hear_files(catalog::Store& store, const mood::Model* moods,
                                       const std::vector<FileToHear>& files, Crew& crew,
                                       const OnProgress& on_progress);

}  // namespace harmonic::scan
