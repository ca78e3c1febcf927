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
    Cue{"loudness_lufs", 1.0, -15.0, 5.0}, Cue{"tempo_log2", 1.0, 6.9, 0.2},
    Cue{"onset_rate", 1.0, 3.0, 1.0},      Cue{"centroid_hz_mean", 1.0, 2000.0, 700.0},
    Cue{"flux_mean", 1.0, 0.4, 0.15},
};
constexpr double kArousalSpread = 0.7;

constexpr std::array kValenceCues{
    Cue{"majorness", 1.0, 0.0, 0.2},         Cue{"key_clarity", 1.0, 0.7, 0.15},
    Cue{"onset_rate", 1.0, 3.0, 1.0},
    Cue{"pulse_clarity", 1.0, 0.3, 0.15},    Cue{"tempo_log2", 1.0, 6.9, 0.2},
    Cue{"roughness_mean", -1.0, 0.05, 0.02},
};
constexpr double kValenceSpread = 0.5;

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
