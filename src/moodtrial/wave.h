// moodtrial/wave.h - samples as a WAV file in memory, so that a rendered piece goes the way of any
// song.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace harmonic::moodtrial {

/// 32-bit float WAV of interleaved samples.
[[nodiscard]] std::vector<std::byte> as_wav(std::span<const float> interleaved, int channels,
                                            int rate);

}  // namespace harmonic::moodtrial
