// drawing/song_course.h - what is in a song, over time.
#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/valence_arousal.h"
#include "mood/model.h"

namespace harmonic::drawing {

inline constexpr std::chrono::milliseconds kLevelStep{20};
inline constexpr std::chrono::seconds kWindow{30};  ///< what one mood and one tempo are heard in
inline constexpr std::chrono::seconds kWindowStep{15};

/// How loud a step is; 1 is full scale.
struct Level {
  float peak = 0.0F;  ///< of all channels
  float rms = 0.0F;
};

/// Energy by pitch class from C, the largest 1; all 0 in silence.
using ChromaFrame = std::array<float, 12>;

/// What is heard in one window, as if it were a song. Nothing in a silent one.
struct Window {
  std::chrono::milliseconds middle{0};
  std::optional<double> bpm;
  ValenceArousal mood;
  float valence_doubt = 0.0F;
  float arousal_doubt = 0.0F;
};

struct SongCourse {
  std::chrono::milliseconds duration{0};
  std::vector<Level> levels;        ///< one a kLevelStep
  std::vector<ChromaFrame> chroma;  ///< evenly over the song, a few a second
  std::vector<Window> windows;      ///< by time
};

/// Windows of kWindow every kWindowStep that lie whole in the song; a shorter song is one window.
/// Decodes twice.
/// Errors  those of audio/decode.h and audio/analyse.h
[[nodiscard]] Result<SongCourse> follow_song(const std::filesystem::path& file,
                                             const mood::Model& model);

}  // namespace harmonic::drawing
