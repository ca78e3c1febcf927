// moodtrial/midi.h - a MIDI file and a sound font -> sound.
#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"

namespace harmonic::moodtrial {

inline constexpr int kRenderRate = 44100;

/// How a piece is played.
struct Manner {
  double gain = 0.6;           ///< of the synthesiser, 0 .. 10
  int transpose = 0;           ///< semitones; drums stay
  double tempo = 1.0;          ///< times the written one
  std::optional<int> program;  ///< of General MIDI, 0 .. 127, for all that is written; drums stay
};

/// What the notes of a piece say, as played.
struct Score {
  std::array<double, 12> seconds{};  ///< that each pitch class sounded, from C; drums apart
  /// Quarter notes a minute, where nearly all goes at one tempo and the notes keep to its grid.
  std::optional<double> bpm;
};

/// A note as played; drums are none.
struct PlayedNote {
  int key = 0;         ///< MIDI number
  double start = 0.0;  ///< s; so is `end`, when the key is let go
  double end = 0.0;
};

struct Performance {
  std::vector<float> sound;  ///< interleaved stereo at kRenderRate
  Score score;
  std::vector<PlayedNote> notes;  ///< by their ends
};

/// One sound font, loaded once.
/// Threads  one object per thread.
class Synth {
 public:
  /// Errors  kNotFound: no such file.  kInvalidInput: no sound font.
  [[nodiscard]] static Result<Synth> open(const std::filesystem::path& sound_font);
  Synth(Synth&&) noexcept;
  Synth& operator=(Synth&&) noexcept;
  ~Synth();

  /// Interleaved stereo at kRenderRate with a second to fade out; the same bytes in every run.
  /// Errors  kNotFound, kInvalidInput: the file is no MIDI, or plays longer than half an hour.
  [[nodiscard]] Result<std::vector<float>> play(const std::filesystem::path& midi,
                                                const Manner& manner = {});
  /// The same with what was played, cut off after `longest`.
  [[nodiscard]] Result<Performance> perform(const std::filesystem::path& midi, const Manner& manner,
                                            std::chrono::seconds longest);

 private:
  struct Inside;
  explicit Synth(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace harmonic::moodtrial
