// audio/harmony.h - which notes sound: chroma, key and mode, roughness.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "audio/framer.h"
#include "audio/notes.h"
#include "audio/progression.h"
#include "audio/spectrum.h"
#include "audio/statistics.h"
#include "base/music_units.h"

namespace harmonic::audio {

using Chroma = std::array<double, 12>;  ///< by pitch class from C; not negative

struct Harmony {
  /// What is told, by the notes that sounded (notes.h); absent where no key fits them: strength
  /// below kNoKey.
  std::optional<Key> key;
  double key_strength = 0.0;  ///< correlation of the notes with the key's profile, [0, 1]
  /// The rest is what the vector reads, by the chroma of the peaks that the moods were taught with
  /// (decision 165).
  double clarity = 0.0;       ///< correlation with the best profile, [0, 1]
  double majorness = 0.0;     ///< best major minus best minor correlation, [-2, 2]
  double tuning_cents = 0.0;  ///< of the whole song against A = 440 Hz, [-50, 50)
  Chroma from_tonic{};     ///< share of each step above the tonic of the best key; sums to 1 or 0
  double entropy = 1.0;    ///< of the chroma, [0, 1]: 0 one note, 1 all alike
  RunningStats change;     ///< half the sum of differences of successive chroma, [0, 1]
  RunningStats roughness;  ///< [0, 1)
  Progression progression;
};

inline constexpr double kNoKey = 0.35;

/// Mono samples at kFeatureRate. Peaks of 372 ms spectra between 55 and 2000 Hz are folded into
/// pitch classes; the tuning is found first from how they lie between the semitones.
/// Source  Gomez, "Tonal description of music audio signals", PhD thesis, UPF Barcelona 2006
/// (peaks,
///         their sub-harmonics, tuning); Sethares, "Local consonance and the relationship between
///         timbre and scale", J. Acoust. Soc. Am. 94 (1993), 1218-1228 (roughness of a pair of
///         partials)
class HarmonyMeter {
 public:
  HarmonyMeter();
  void push(std::span<const float> mono);
  [[nodiscard]] Harmony finish() const;

 private:
  void hear(std::span<const float> frame);

  static constexpr std::size_t kFine = 120;  ///< ten slots a semitone
  Framer framer_;
  Spectrum spectrum_;
  std::vector<Peak> peaks_;
  std::array<double, kFine> fine_{};
  double tuning_cos_ = 0.0;
  double tuning_sin_ = 0.0;
  Chroma last_{};
  bool has_last_ = false;
  std::vector<Moment> moments_;
  Harmony harmony_;
  NoteMeter notes_;
};

struct KeyFit {
  Key key;
  double strength = 0.0;   ///< correlation, [-1, 1]
  double majorness = 0.0;  ///< best major minus best minor correlation
};

/// The key whose profile correlates best with the chroma (Krumhansl-Schmuckler).
/// Source  Krumhansl and Kessler, "Tracing the dynamic changes in perceived tonal organization in a
///         spatial representation of musical keys", Psychological Review 89 (1982), 334-368
[[nodiscard]] KeyFit fit_key(const Chroma& chroma);

/// The same for what notes.h heard, against the mean of those profiles and of how often pieces of a
/// key hold each step.
/// Source  Albrecht and Shanahan, "The use of large corpora to train a new type of key-finding
///         algorithm", Music Perception 31 (2013), 59-67
[[nodiscard]] KeyFit fit_key_of_notes(const Chroma& notes);

}  // namespace harmonic::audio
