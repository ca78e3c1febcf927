#include "train/targets.h"

#include <cassert>
#include <numeric>

namespace harmonic::train {
namespace {

using affect::Emotion;
using evaluate::kFer2013Count;

/// FER2013's labels 0..6 as emotions.
constexpr std::array<Emotion, kFer2013Count> kEmotionOfLabel{
    Emotion::kAngry, Emotion::kDisgusted, Emotion::kAfraid, Emotion::kHappy,
    Emotion::kSad,   Emotion::kSurprised, Emotion::kNeutral};

}  // namespace

Target target_of(std::uint8_t label, const evaluate::Votes& votes) {
  assert(label < kFer2013Count);
  const int for_emotions = std::accumulate(votes.emotions.begin(), votes.emotions.end(), 0);
  const int all = for_emotions + votes.unknown + votes.not_a_face;
  Target target;
  if (2 * votes.not_a_face > all) return target;

  float rated = 0;
  for (const auto emotion : kEmotionOfLabel) {
    rated += votes.emotions.at(static_cast<std::size_t>(emotion));
  }
  const float to_all = rated > 0 ? kSmoothing / 2 : kSmoothing;
  for (std::size_t i = 0; i < kFer2013Count; ++i) {
    auto& share = target.fer2013.at(i);
    share = (i == label ? 1 - kSmoothing : 0) + to_all / kFer2013Count;
    const auto emotion = static_cast<std::size_t>(kEmotionOfLabel.at(i));
    if (rated > 0) share += kSmoothing / 2 * votes.emotions.at(emotion) / rated;
  }
  target.fer2013_weight = 1;

  if (for_emotions == 0) return target;
  for (std::size_t i = 0; i < affect::kEmotionCount; ++i) {
    target.ferplus.at(i) =
        static_cast<float>(votes.emotions.at(i)) / static_cast<float>(for_emotions);
  }
  target.ferplus_weight = static_cast<float>(for_emotions) / static_cast<float>(all);
  return target;
}

}  // namespace harmonic::train
