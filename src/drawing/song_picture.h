// drawing/song_picture.h - a song on one picture.
#pragma once

#include <string_view>

#include "drawing/song_course.h"
#include "image/picture.h"

namespace harmonic::drawing {

inline constexpr int kSongWidth = 1200;
inline constexpr int kSongHeight = 1010;

/// Where the waveform stands, for those who look for it: its panel in pixels.
inline constexpr image::Box kWaveformArea{90, 110, 1080, 170};

/// R, G, B, kSongWidth x kSongHeight: under a title and a line of facts the waveform (peak and
/// RMS), the chromagram, the tempo and the mood with its doubt, all over the same time. Title and
/// facts are shown in ASCII and cut off where they are too long.
[[nodiscard]] image::Picture draw_song(const SongCourse& course, std::string_view title,
                                       std::string_view facts);

}  // namespace harmonic::drawing
