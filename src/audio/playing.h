// audio/playing.h - how a song is played: how many notes begin, how long, where, how evenly.
// Internal to the module.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "audio/note_network.h"
#include "audio/semitones.h"
#include "audio/statistics.h"

namespace harmonic::audio {

/// By the odds of every note at every moment, none of which is decided. Logarithms are of base 2;
/// all is 0 where no note was heard.
struct Playing {
  double notes_log2 = 0.0;     ///< notes that begin in a second
  double strikes_log2 = 0.0;   ///< moments in a second when at least one begins
  double together_log2 = 0.0;  ///< notes a strike
  double clumping_log2 = 0.0;  ///< notes that begin in the row where one begins
  double unevenness = 0.0;     ///< deviation of the logarithm of the notes in a second
  double pitch_mean = 0.0;     ///< of the notes that begin, MIDI number; so the next three
  double pitch_deviation = 0.0;
  double pitch_low = 0.0;        ///< a tenth lies below
  double pitch_high = 0.0;       ///< a tenth lies above
  double bass_share = 0.0;       ///< of the notes that begin, below C3
  double treble_share = 0.0;     ///< from C5 on
  double bass_log2 = 0.0;        ///< of those below C3 that begin in a second
  RunningStats sounding;         ///< notes at once
  double length_log2 = 0.0;      ///< of a note, rows of 46 ms
  double level_deviation = 0.0;  ///< of the level at which notes begin, dB
  double level_high = 0.0;       ///< ninetieth percentile of that level against its mean, dB
  double concentration = 0.0;    ///< probability that two notes picked by their length are one key
  double sureness = 0.0;         ///< mean odds of a note that begins, [0, 1]
};

/// Mono samples at kFeatureRate; memory grows by 4 bytes a row of 46 ms.
/// Source  after Bittner et al., "A lightweight instrument-agnostic model for polyphonic note
///         transcription and multipitch estimation", ICASSP 2022 (one small network for every
///         pitch, shown its overtones)
class PlayingMeter {
 public:
  void push(std::span<const float> mono);
  [[nodiscard]] Playing finish() const;

 private:
  using Levels = std::array<float, kSemitones>;

  /// What was counted so far.
  struct Counts {
    std::array<double, kPianoKeys> begun{};
    std::array<double, kPianoKeys> sounded{};  ///< rows
    std::vector<float> begun_in_row;
    RunningStats sounding;
    double strikes = 0.0;
    double squares = 0.0;  ///< of the odds of beginning
    double level = 0.0;    ///< weighted by those odds, dB; so the next two
    double level_squares = 0.0;
    std::array<double, 150> levels{};  ///< by whole dB from -150

    void hear(const NoteWindow& window, const Levels& levels_db);
    [[nodiscard]] Playing summarise() const;
    void place(Playing& playing, double notes, double seconds) const;
  };

  /// The last rows; the one in the middle is counted.
  struct Recent {
    std::array<NoteRow, kNoteRows> rows;
    std::array<Levels, kNoteRows> levels_db{};
    std::size_t count = 0;  ///< of all rows that ever came

    void add(const NoteRow& row, const Levels& levels, Counts& counts);
  };

  SemitoneMeter semitones_;
  Recent recent_;
  Counts counts_;
};

}  // namespace harmonic::audio
