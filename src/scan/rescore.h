// scan/rescore.h - moods anew from the stored features: a better mood model needs no file opened.
#pragma once

#include <cstddef>
#include <stop_token>

#include "base/result.h"
#include "catalog/store.h"
#include "mood/model.h"
#include "scan/scan.h"

namespace harmonic::scan {

/// Gives every song that this analysis heard the mood of this model, missing
/// songs included. Songs of an older analysis are left to a scan, which hears them. How many.
///
/// Errors  any of the store; what was stored stays.
[[nodiscard]] Result<std::size_t> rescore(catalog::Store& store, const mood::Model& model,
                                          const OnProgress& on_progress = {},
                                          const std::stop_token& stop = {});

}  // namespace harmonic::scan
