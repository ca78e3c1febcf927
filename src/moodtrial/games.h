// moodtrial/games.h - the pieces of VGMIDI whose tempo is written, and how a told tempo is judged.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "moodtrial/midi.h"
#include "moodtrial/trial.h"

namespace harmonic::moodtrial {

inline constexpr std::chrono::seconds kHeardOfAGame{120};

/// Every labelled piece, in the order of their names.
/// Errors  those of corpus/archive.h and midi_files().
[[nodiscard]] Result<std::vector<std::filesystem::path>> find_games(const Sources& sources);

/// Whether a piece's game may teach the tempo; the others, whole games, are kept to judge it.
[[nodiscard]] bool may_teach(const std::filesystem::path& midi);

/// The game, as far as its file name tells: pieces of one are never on both sides of a fold.
[[nodiscard]] std::string game_of(const std::filesystem::path& midi);

/// What is done with the piece at a place.
using PlayOne = std::function<Result<void>(Synth& synth, std::size_t at)>;

/// Plays the pieces 0 .. count - 1 by the first of the sound fonts, in `sources.jobs` threads.
/// Errors  those of Synth::open() and of `play_one`: the first ends it.
[[nodiscard]] Result<void> play_each(const Sources& sources, std::size_t count,
                                     std::string_view what, const PlayOne& play_one,
                                     const OnHeard& on_heard);

struct Share {
  std::size_t hits = 0;
  std::size_t all = 0;
  void add(bool hit) {
    hits += hit ? 1 : 0;
    ++all;
  }
  void add(const Share& more) {
    hits += more.hits;
    all += more.all;
  }
  [[nodiscard]] double value() const {
    return all > 0 ? static_cast<double>(hits) / static_cast<double>(all) : 0.0;
  }
};

struct TempoShares {
  Share exact;   ///< within 4 % of the written quarter notes
  Share octave;  ///< the same when half, double, a third and threefold count as well
  /// Both in bpm; `said` is 0 where no tempo was told.
  void add(double said, double written);
};

}  // namespace harmonic::moodtrial
