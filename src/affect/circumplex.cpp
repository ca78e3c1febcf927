#include "affect/circumplex.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace harmonic::affect {

namespace {

struct Place {
  double valence, arousal;
};

// Mean pleasure and arousal that 200 people each gave to emotion words, already in [-1, 1]:
// "happy", "surprised", "sad", "angry", "disgusted", "fearful". Source  Russell and Mehrabian,
// "Evidence for a three-factor theory of emotions", Journal of
//         Research in Personality 11 (1977), 273-294, table of 151 terms.
// Two rows are ours. A neutral face is the middle of the plane by definition. Contempt is disgust's
// milder neighbour in every circumplex that has both, and stands at half of its distance.
constexpr std::array<Place, kEmotionCount> kPlaces{{
    {0.00, 0.00},    // neutral
    {0.81, 0.51},    // happy
    {0.40, 0.67},    // surprised
    {-0.63, -0.27},  // sad
    {-0.51, 0.59},   // angry
    {-0.60, 0.35},   // disgusted
    {-0.64, 0.60},   // afraid
    {-0.30, 0.18},   // contemptuous
}};

}  // namespace

ValenceArousal point_of(Emotion emotion) {
  const Place& place = kPlaces.at(static_cast<std::size_t>(emotion));
  return ValenceArousal::clamped(place.valence, place.arousal);
}

ValenceArousal point_of(const EmotionScores& scores) {
  double valence = 0, arousal = 0;
  for (std::size_t i = 0; i < kEmotionCount; ++i) {
    valence += static_cast<double>(scores.at(i)) * kPlaces.at(i).valence;
    arousal += static_cast<double>(scores.at(i)) * kPlaces.at(i).arousal;
  }
  return ValenceArousal::clamped(valence, arousal);
}

float spread_of(const EmotionScores& scores) {
  double valence = 0, arousal = 0, squares = 0;
  for (std::size_t i = 0; i < kEmotionCount; ++i) {
    const auto [v, a] = kPlaces.at(i);
    const auto share = static_cast<double>(scores.at(i));
    valence += share * v;
    arousal += share * a;
    squares += share * (v * v + a * a);
  }
  const double variance = squares - valence * valence - arousal * arousal;
  return static_cast<float>(std::sqrt(std::max(0.0, variance)));
}

}  // namespace harmonic::affect
