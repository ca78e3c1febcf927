// Module moodtrial: songs whose mood listeners have told -> what our ears make of them.
//
//   archives -> sets.h (pieces and answers) -> rows.h (features, kept) -> trial.h (folds, figures)
//
// Uses     base, audio, corpus, mood, songlist (the CSV reader); FluidSynth inside.  Used by
//          `harmonic eval music` and `harmonic-train music`.
// Threads  plain values; a function may be called from any thread.
//
// moodtrial/sets.h - the data sets, as published.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace harmonic::moodtrial {

/// One piece of music and what was answered about it.
struct Piece {
  std::string id;
  std::string group;  ///< pieces of one song: never on both sides of a fold
  std::filesystem::path file;
  std::vector<float> answers;
};

struct PieceSet {
  std::string name;
  std::vector<std::string> questions;  ///< what the answers are to
  std::vector<Piece> pieces;
};

/// A table of features: rows are pieces, columns are named.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::string> questions;
  std::vector<std::string> ids;
  std::vector<std::string> groups;
  std::vector<std::vector<float>> x;  ///< a row a piece, finite
  std::vector<std::vector<float>> y;

  [[nodiscard]] std::size_t size() const { return ids.size(); }
};

/// 400 excerpts of a minute; answers: share of the listeners who named each of the nine GEMS, then
/// the genre (0 classical, 1 rock, 2 electronic, 3 pop).
/// Source  Aljanaki, Wiering, Veltkamp, "Studying emotion induced by music through a crowdsourcing
///         game", Information Processing and Management 52 (2016)
/// Errors  kNotFound, kInvalidInput: with the file's name. So for all of these.
[[nodiscard]] Result<PieceSet> read_emotify(const std::filesystem::path& folder);

/// The MIDI files of `folder`, by name.
/// Errors  kNotFound: none.
[[nodiscard]] Result<std::vector<std::filesystem::path>> midi_files(
    const std::filesystem::path& folder);

/// 1,078 piano clips as MIDI; answers: valence and arousal, each -1 or 1.
/// Source  Hung et al., "EMOPIA: a multi-modal pop piano dataset", ISMIR 2021
[[nodiscard]] Result<PieceSet> read_emopia(const std::filesystem::path& folder);

/// Phrases of game music as MIDI; answers as EMOPIA's.
/// Source  Ferreira and Whitehead, "Learning to generate music with sentiment", ISMIR 2019
/// `phrases`: the folder of its MIDI files.
[[nodiscard]] Result<PieceSet> read_vgmidi(const std::filesystem::path& table_file,
                                           const std::filesystem::path& phrases);

/// 1,801 songs as librosa's features, under the names of audio/excerpt.h; answers: valence and
/// arousal, [-1, 1] (from 1 .. 9).
/// Source  Aljanaki, Yang, Soleymani, "Developing a benchmark for emotional analysis of music",
///         PLoS ONE 12 (2017)
[[nodiscard]] Result<Table> read_deam(const std::filesystem::path& folder);

}  // namespace harmonic::moodtrial
