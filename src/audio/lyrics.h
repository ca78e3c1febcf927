// audio/lyrics.h - the words that are sung, and when.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace harmonic::audio {

struct LyricWord {
  std::chrono::milliseconds at{0};
  std::string text;
};

struct LyricLine {
  std::optional<std::chrono::milliseconds> at;  ///< absent in lyrics without times
  std::string text;                             ///< clean UTF-8; empty between verses
  std::vector<LyricWord> words;                 ///< in order of time; empty without stamps of words
};

struct Lyrics {
  bool timed = false;            ///< every line has its time and they stand in its order
  std::vector<LyricLine> lines;  ///< at most 10,000
};

/// An LRC text: any number of [mm:ss.xx] before a line, [offset:ms] (positive: earlier), <mm:ss.xx>
/// before words. Lines without a time are dropped once any line has one. UTF-8 or UTF-16 by its
/// byte order mark; what is neither is taken as Latin-1. A text without times gives its lines as
/// they are. Never fails: what makes no sense is text. Source  "LRC (file format)" as players agree
/// on it; there is no standard.
[[nodiscard]] Lyrics parse_lrc(std::string_view bytes);

/// The lyrics in NAME.lrc beside the song, else those inside the file (USLT, LYRICS, (c)lyr), which
/// may be LRC too. Empty where there are none, and for a track (audio/cue_song.h): the file's words
/// are those of all its songs. Errors  those of audio/media_file.h, where no NAME.lrc gives any.
[[nodiscard]] Result<std::optional<Lyrics>> find_lyrics(const std::filesystem::path& song);
/// Those inside the file alone.
[[nodiscard]] Result<std::optional<Lyrics>> read_lyrics(std::span<const std::byte> bytes);

}  // namespace harmonic::audio
