#include "audio/beat.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "audio/beat_weights.h"

namespace harmonic::audio {

std::size_t likeliest_tempo(std::span<const TempoInputs, kTempi> inputs,
                            std::span<const double, kTempoInputs> weights) {
  std::array<double, kTempi> scores{};
  std::transform(inputs.begin(), inputs.end(), scores.begin(), [weights](const TempoInputs& row) {
    return std::inner_product(row.begin(), row.end(), weights.begin(), 0.0);
  });
  return static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

std::optional<Beat> find_beat(const Repetition& repetition) {
  if (repetition.all.empty()) return std::nullopt;
  const auto best = likeliest_tempo(tempo_inputs(repetition), kBeatWeights);
  const double bpm = refined_bpm(repetition, bpm_at(best));
  const double confidence = comb(repetition.all, 60.0 * repetition.per_second / bpm);
  return Beat{bpm, std::clamp(confidence, 0.0, 1.0)};
}

}  // namespace harmonic::audio
