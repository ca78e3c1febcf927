// scan/song_of.h - what audio found, as a song of the catalogue.
#pragma once

#include "audio/analyse.h"
#include "audio/claims.h"
#include "catalog/song.h"
#include "mood/model.h"
#include "scan/plan.h"

namespace harmonic::scan {

/// A song that was not heard yet.
[[nodiscard]] catalog::Song song_of(const FoundFile& file, const catalog::ContentKey& content,
                                    audio::Claims&& claims);
/// A song that was heard; without `moods` it has no mood yet.
[[nodiscard]] catalog::Song song_of(const FileToHear& file, audio::Analysis&& heard,
                                    const mood::Model* moods);

}  // namespace harmonic::scan
