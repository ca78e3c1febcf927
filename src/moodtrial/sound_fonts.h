// moodtrial/sound_fonts.h - which sound fonts a trial plays with.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "moodtrial/trial.h"

namespace harmonic::moodtrial {

/// The fonts of Debian's timgm6mb-soundfont, csound-soundfont and opl3-soundfont teach, that of
/// fluid-soundfont-gm is never heard in training; they share no samples.
/// Errors  kNotFound: one is not installed; the message names its package.
[[nodiscard]] Result<Sources> find_sources(const std::filesystem::path& data,
                                           const std::filesystem::path& cache);

/// The font of timgm6mb-soundfont alone, for what is not learned.
/// Errors  kNotFound: it is not installed.
[[nodiscard]] Result<Sources> find_sources_for_ears(const std::filesystem::path& data,
                                                    const std::filesystem::path& cache);

}  // namespace harmonic::moodtrial
