// moodtrial/midi.h - a MIDI file and a sound font -> sound.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/result.h"

namespace harmonic::moodtrial {

inline constexpr int kRenderRate = 44100;

/// How a piece is played.
struct Manner {
  double gain = 0.6;   ///< of the synthesiser, 0 .. 10
  int transpose = 0;   ///< semitones; drums stay
  double tempo = 1.0;  ///< times the written one
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

 private:
  struct Inside;
  explicit Synth(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace harmonic::moodtrial
