// audio/tempogram.h - how a band-wise rise of level repeats itself. Internal to the module.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "audio/statistics.h"

namespace harmonic::audio {

/// Mean and spread, over lags and frames, of the autocorrelation of 384 frames of `strength` under
/// a Hann window around each frame, scaled to a largest value of 1; ends are padded by a ramp to 0.
/// Source  Grosche, Mueller, Kurth, "Cyclic tempogram", ICASSP 2010; sizes as librosa 0.7
[[nodiscard]] RunningStats tempogram(std::span<const float> strength);

/// Frames at which an event begins: maxima of `strength` [n] scaled to [0, 1] that stand .07 above
/// their surroundings, `per_second` frames a second, at least 30 ms apart.
/// Source  Boeck, Krebs, Schedl, "Evaluating the online capabilities of onset detection methods",
///         ISMIR 2012
[[nodiscard]] std::vector<std::size_t> find_onsets(std::span<const float> strength,
                                                   double per_second);

}  // namespace harmonic::audio
