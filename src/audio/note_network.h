// audio/note_network.h - heights of semitones -> whether a note begins or sounds. Internal to the
// module and to those who teach it.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "audio/semitones.h"

namespace harmonic::audio {

inline constexpr std::size_t kPianoKeys = 88;  ///< the notes that are looked for, A0 .. C8
inline constexpr std::size_t kNoteRows = 6;    ///< that a note is heard in: three before, two after
inline constexpr std::size_t kNoteRowAt = 3;   ///< the row asked about among them
inline constexpr std::size_t kNoteUnits = 32;

/// Semitones from a note: its overtones, what it may be an overtone of, its neighbours.
inline constexpr std::array<int, 13> kNoteOffsets{-24, -19, -12, -1, 0,  1, 12,
                                                  19,  24,  28,  31, 34, 36};
inline constexpr std::size_t kNoteInputs = kNoteRows * kNoteOffsets.size() + 1;

/// Heights of one row with silence on both sides, so that every offset of every key is inside.
class NoteRow {
 public:
  NoteRow();  ///< silence
  explicit NoteRow(const std::array<float, kSemitones>& height);
  [[nodiscard]] float at(std::size_t key, int offset) const {
    const auto place = static_cast<std::ptrdiff_t>(key + kBelow) + offset;
    return heights_[static_cast<std::size_t>(place)];
  }

 private:
  static constexpr std::size_t kBelow = 24;
  std::array<float, kBelow + kPianoKeys + 36> heights_{};
};

/// The rows around one, oldest first.
using NoteWindow = std::array<const NoteRow*, kNoteRows>;

/// Around `row` of `rows`; silence beyond their ends.
[[nodiscard]] NoteWindow window_at(std::span<const NoteRow> rows, std::size_t row);

/// Whether the note of `key` [0, kPianoKeys) is loud enough to begin or sound.
[[nodiscard]] bool is_audible(const NoteWindow& window, std::size_t key);

using NoteInputs = std::array<float, kNoteInputs>;

/// What the network is shown of `key`.
[[nodiscard]] NoteInputs inputs_of_note(const NoteWindow& window, std::size_t key);

struct NoteOdds {
  float begins = 0.0F;  ///< [0, 1]; a beginning between two rows is shared among them
  float sounds = 0.0F;  ///< [0, 1]
};

/// Two hidden layers of kNoteUnits rectified units; matrices by the row of what they take in.
struct NoteWeights {
  std::array<float, kNoteInputs * kNoteUnits> first;
  std::array<float, kNoteUnits> first_bias;
  std::array<float, kNoteUnits * kNoteUnits> second;
  std::array<float, kNoteUnits> second_bias;
  std::array<float, kNoteUnits * 2> last;
  std::array<float, 2> last_bias;
};

[[nodiscard]] NoteOdds odds_of(const NoteInputs& inputs, const NoteWeights& weights);

}  // namespace harmonic::audio
