// audio/mood.h - how a song sounds -> where it lies in the valence/arousal plane.
#pragma once

#include <span>

#include "base/valence_arousal.h"

namespace harmonic::audio {

/// Grows with every change to what mood_of() answers: moods are stored with it, and made anew from
/// the stored features when it is another.
inline constexpr int kMoodVersion = 1;

/// Equal votes of standardised cues, each with the sign that the literature gives it:
///   arousal  + loudness, tempo, note onsets, brightness, spectral movement
///   valence  + major mode, clear key, regular pulse, tempo, note onsets;  - roughness
/// The sum is scaled to unit spread and squashed by the normal distribution function, so that songs
/// like those of the reference corpus fill the plane evenly.
///
/// Shape   `features` in the order of feature_names()
/// Source  signs: Gabrielsson and Lindstrom, "The role of structure in the musical expression of
///         emotions", in Juslin and Sloboda (eds.), Handbook of Music and Emotion, Oxford 2010,
///         367-400; equal weights: Dawes, "The robust beauty of improper linear models in decision
///         making", American Psychologist 34 (1979), 571-582. Means and spreads: measured,
///         docs/features.md.
[[nodiscard]] ValenceArousal mood_of(std::span<const float> features);

}  // namespace harmonic::audio
