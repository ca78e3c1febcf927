#include "audio/mood.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string_view>

#include "audio/features.h"

namespace harmonic::audio {

namespace {

struct Cue {
  std::string_view feature;
  double sign;  ///< as the literature has it
  double mean;  ///< of the reference corpus
  double spread;
};

constexpr std::array kArousalCues{
    Cue{"loudness_lufs", 1.0, -13.34, 3.75}, Cue{"tempo_log2", 1.0, 6.88, 0.181},
    Cue{"onset_rate", 1.0, 2.128, 1.05},     Cue{"centroid_hz_mean", 1.0, 1697, 660},
    Cue{"flux_mean", 1.0, 0.3284, 0.0747},
};
constexpr double kArousalSpread = 0.635;

constexpr std::array kValenceCues{
    Cue{"majorness", 1.0, 0.0314, 0.18}, Cue{"key_clarity", 1.0, 0.8058, 0.0975},
    Cue{"onset_rate", 1.0, 2.128, 1.05}, Cue{"pulse_clarity", 1.0, 0.3697, 0.201},
    Cue{"tempo_log2", 1.0, 6.88, 0.181}, Cue{"roughness_mean", -1.0, 0.0394, 0.015},
};
constexpr double kValenceSpread = 0.422;

// One cue far out of the ordinary must not outvote the others.
constexpr double kLoudestVote = 3.0;

double squash(double z) { return std::erf(z / std::numbers::sqrt2); }  // 2 Phi(z) - 1

template <std::size_t N>
double vote(const std::array<Cue, N>& cues, std::span<const float> features) {
  double sum = 0.0;
  for (const auto& cue : cues) {
    const auto value = static_cast<double>(features[feature_index(cue.feature)]);
    sum += cue.sign * std::clamp((value - cue.mean) / cue.spread, -kLoudestVote, kLoudestVote);
  }
  return sum / N;
}

}  // namespace

ValenceArousal mood_of(std::span<const float> features) {
  return ValenceArousal::clamped(squash(vote(kValenceCues, features) / kValenceSpread),
                                 squash(vote(kArousalCues, features) / kArousalSpread));
}

}  // namespace harmonic::audio
