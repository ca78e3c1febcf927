// moodtrial/note_lessons.h - pieces whose notes are known -> the network that hears notes
// (audio/note_network.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "audio/note_network.h"
#include "base/result.h"
#include "moodtrial/games.h"
#include "moodtrial/midi.h"

namespace harmonic::moodtrial {

/// A piece as heard, and its notes by the row in whose middle they begin, which need not be a whole
/// one.
struct NotedPiece {
  struct Note {
    std::size_t key = 0;  ///< from A0
    double start = 0.0;   ///< row
    double end = 0.0;
  };
  std::vector<audio::NoteRow> rows;
  std::vector<Note> notes;
};

/// `sound`: interleaved stereo at kRenderRate.
[[nodiscard]] Result<NotedPiece> note_piece(const Performance& performance);

struct NotedPieces {
  std::vector<NotedPiece> taught;  ///< games that may teach, by each font that may be heard: as
                                   ///< written, and in another key and tempo by another instrument
  std::vector<NotedPiece> judged;  ///< games that teach nothing, by the same fonts
  std::vector<NotedPiece> judged_unheard;  ///< the same games by the font that is never heard
};

/// Hears the first minute of VGMIDI's pieces.
/// Errors  those of find_games() and Synth::open().
[[nodiscard]] Result<NotedPieces> hear_noted_pieces(const Sources& sources,
                                                    const OnHeard& on_heard = {});

struct NotePlan {
  int steps = 12000;
  std::size_t batch = 2048;
  float rate = 6e-3F;  ///< highest; falls to 0 as a cosine
  std::uint64_t seed = 1;
};

/// Called after some steps with how many are done.
using OnNoteStep = std::function<void(std::size_t done, std::size_t all)>;

/// Adam on the cross entropy of both odds, over all moments at which a note begins and a share of
/// the others. The same pieces and plan give the same weights.
[[nodiscard]] audio::NoteWeights teach_notes(const std::vector<NotedPiece>& pieces,
                                             const NotePlan& plan, const OnNoteStep& on_step = {});

/// How many of the notes are found where they begin, within two rows (93 ms), and how many that are
/// found are there.
struct NoteShares {
  Share recall;
  Share precision;
  [[nodiscard]] double f1() const;
};
[[nodiscard]] NoteShares judge_notes(const std::vector<NotedPiece>& pieces,
                                     const audio::NoteWeights& weights);

/// The text of audio/note_weights.h.
[[nodiscard]] std::string as_header(const audio::NoteWeights& weights);

}  // namespace harmonic::moodtrial
