// moodtrial/rows.h - the features of a data set's pieces, heard once and kept.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "moodtrial/sets.h"

namespace harmonic::moodtrial {

/// (pieces done, pieces in all).
using OnPiece = std::function<void(std::size_t done, std::size_t all)>;

/// Every feature of every piece, `columns` as audio::feature_names(). What was heard stands in
/// CACHE/NAME.csv under the analysis version, so that only what is missing is heard again; a run
/// that is killed goes on where it was.
/// Errors  kUnavailable: the cache cannot be written.  kInvalidInput: a piece cannot be heard.
[[nodiscard]] Result<Table> hear_files(const PieceSet& set, const std::filesystem::path& cache,
                                       const OnPiece& on_piece = {});

/// A way to play all pieces of a set.
struct Rendition {
  std::filesystem::path sound_font;
  std::vector<int> programs;  ///< one after the other by piece; empty: as written
};

/// The same of MIDI pieces, played; the cache knows by what.
[[nodiscard]] Result<Table> hear_midi(const PieceSet& set, const Rendition& rendition,
                                      const std::filesystem::path& cache,
                                      const OnPiece& on_piece = {});

}  // namespace harmonic::moodtrial
