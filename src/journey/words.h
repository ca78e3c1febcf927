// journey/words.h - why a song stands where it stands, and what a library could not do.
#pragma once

#include <string>
#include <vector>

#include "journey/journey.h"

namespace harmonic::journey {

/// "calm", or "valence +0.35, arousal -0.60" where the target has no name.
[[nodiscard]] std::string target_words(const Options& options);

/// Of the stop `number` of `stops`, the weightiest first; never empty. `lately`: how much recently
/// heard it is, of 1.
[[nodiscard]] std::vector<std::string> reasons_of(const recommend::Snapshot& snapshot,
                                                  std::span<const catalog::SongHistory> history,
                                                  const Options& options,
                                                  std::span<const Stop> stops, std::size_t number,
                                                  float lately);

[[nodiscard]] std::vector<std::string> notes_of(const recommend::Snapshot& snapshot,
                                                const Options& options, const Journey& journey);

}  // namespace harmonic::journey
