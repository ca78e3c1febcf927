// audio/notes.h - spectral peaks -> which notes sounded how long. Internal to the module.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::audio {

/// A partial in the spectrum of one frame.
struct Peak {
  double hz;
  double amplitude;
};

/// Explains the peaks of each frame by notes with eight overtones each, so that what is counted is
/// notes and not their overtones: a chroma that moves with a transposed song. Frames wait in blocks
/// until the tuning is known well enough, so memory does not grow.
/// Source  Mauch and Dixon, "Approximate note transcription for the improved identification of
///         difficult chords", ISMIR 2010 (non-negative least squares); Lee and Seung, "Algorithms
///         for non-negative matrix factorization", NIPS 2000 (the multiplicative steps)
class NoteMeter {
 public:
  /// The peaks of the next frame, strongest first and scaled so that it is 1; `scale`: its
  /// amplitude before that.
  void hear(std::span<const Peak> peaks, double scale);
  /// How much each pitch class sounded, by amplitude to the half; sums to 1, or 0 where nothing
  /// did.
  [[nodiscard]] std::array<double, 12> finish() const;

  static constexpr std::size_t kNotes = 80;  ///< E1 (41 Hz) .. B7
  using Levels = std::array<float, kNotes>;

 private:
  struct Partial {
    float pitch;  ///< MIDI number, not tuned
    float amplitude;
  };
  void settle();

  std::vector<Partial> waiting_;
  std::vector<std::size_t> ends_;  ///< of the frames in `waiting_`
  double tuning_cos_ = 0.0;
  double tuning_sin_ = 0.0;
  std::array<double, 12> classes_{};  ///< from C
};

}  // namespace harmonic::audio
