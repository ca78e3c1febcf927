// What `harmonic hear --draw` does: one song as one picture.
#pragma once

#include <filesystem>
#include <string>

#include "audio/analyse.h"
#include "base/result.h"
#include "mood/model.h"

namespace harmonic::app {

/// Errors  those of drawing/song_course.h and image/codec.h
[[nodiscard]] Result<void> draw_heard(const std::string& file, const audio::Analysis& song,
                                      const mood::Mood& mood, const mood::Model& model,
                                      const std::filesystem::path& out);

}  // namespace harmonic::app
