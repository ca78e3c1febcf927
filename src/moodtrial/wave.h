// moodtrial/wave.h - samples as a WAV file in memory, so that a rendered piece goes the way of any
// song.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"

namespace harmonic::moodtrial {

/// 32-bit float WAV of interleaved samples.
[[nodiscard]] std::vector<std::byte> as_wav(std::span<const float> interleaved, int channels,
                                            int rate);

/// Calls `on_block` with what a decoder makes of it for the features: mono at audio::kFeatureRate.
[[nodiscard]] Result<void> hear_mono(std::span<const float> interleaved, int channels, int rate,
                                     const std::function<void(std::span<const float>)>& on_block);

}  // namespace harmonic::moodtrial
