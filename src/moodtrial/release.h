// moodtrial/release.h - a taught model as the files that ship.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "mood/model.h"
#include "moodtrial/trial.h"

namespace harmonic::moodtrial {

/// Writes mood.bin and manifest.json into `folder`, which is made.
/// Errors  kUnavailable: cannot be written.
[[nodiscard]] Result<void> write_model(const mood::Model& model, const Corpora& corpora,
                                       std::uint64_t seed, const std::filesystem::path& folder);

}  // namespace harmonic::moodtrial
