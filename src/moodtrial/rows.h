// moodtrial/rows.h - the features of a data set's pieces, heard once and kept.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>

#include "base/result.h"
#include "moodtrial/sets.h"

namespace harmonic::moodtrial {

/// (pieces done, pieces in all).
using OnPiece = std::function<void(std::size_t done, std::size_t all)>;

/// How and where pieces are heard.
struct Hearing {
  std::filesystem::path cache;
  std::size_t jobs = 1;  ///< threads
  OnPiece on_piece;      ///< called from any of them, one at a time
};

/// Every feature of every piece, `columns` as audio::feature_names(). What was heard stands in
/// cache/NAME.tsv under the analysis version, so that only what is missing is heard again; a run
/// that is killed goes on where it was.
/// Errors  kUnavailable: the cache cannot be written.  kInvalidInput: a piece cannot be heard.
[[nodiscard]] Result<Table> hear_files(const PieceSet& set, const Hearing& hearing);

/// The same of MIDI pieces, played by `sound_font`.
[[nodiscard]] Result<Table> hear_midi(const PieceSet& set, const std::filesystem::path& sound_font,
                                      const Hearing& hearing);

}  // namespace harmonic::moodtrial
