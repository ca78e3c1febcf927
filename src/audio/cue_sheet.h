// audio/cue_sheet.h - several songs in one file, as the text beside it tells them apart.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace harmonic::audio {

struct CueTrack {
  int number = 0;         ///< 1 .. 99
  std::string title;      ///< clean UTF-8, as all texts here
  std::string performer;  ///< the track's, else the sheet's
  std::string songwriter;
  std::string file;                              ///< the name of its sound file, without folders
  std::chrono::milliseconds start{0};            ///< INDEX 01
  std::optional<std::chrono::milliseconds> end;  ///< the next track's start; absent: the file's end
};

struct CueSheet {
  std::string title;
  std::string performer;
  std::string genre;             ///< REM GENRE
  std::string date;              ///< REM DATE
  std::vector<CueTrack> tracks;  ///< 1 .. 99, each file's in order of time
};

/// Commands in any case, names in quotes or without; tracks that are not AUDIO and commands that
/// are not known are passed over. Bytes as utf8_of (audio/text_file.h) takes them. Source  CDRWIN
/// user's guide 3.8, "cuesheet commands"; 75 frames are a second. Errors  kInvalidInput, naming the
/// line: no track with a start and a file, more than 99, starts
///         that go back.
[[nodiscard]] Result<CueSheet> parse_cue(std::string_view bytes);

/// Errors  those of parse_cue, and kNotFound, kUnavailable.
[[nodiscard]] Result<CueSheet> read_cue(const std::filesystem::path& sheet);

/// Where the track's sound lies: the named file in the sheet's folder, or one of the same stem that
/// was coded since (FLAC, ...). Never outside that folder.
/// Errors  kNotFound.
[[nodiscard]] Result<std::filesystem::path> sound_of(const CueTrack& track,
                                                     const std::filesystem::path& sheet);

}  // namespace harmonic::audio
