#include "train/targets.h"

#include <algorithm>
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

namespace {

template <std::size_t N>
std::array<float, N> between(const std::array<float, N>& a, const std::array<float, N>& b,
                             float of_b) {
  std::array<float, N> out{};
  std::ranges::transform(a, b, out.begin(),
                         [of_b](float x, float y) { return x + of_b * (y - x); });
  return out;
}

}  // namespace

Target mixed(const Target& a, const Target& b, float of_b) {
  const auto head = [of_b](auto& into, float& weight, const auto& one, float one_weight,
                           const auto& other, float other_weight) {
    weight = (1 - of_b) * one_weight + of_b * other_weight;
    if (weight > 0) into = between(one, other, of_b * other_weight / weight);
  };
  Target out;
  head(out.fer2013, out.fer2013_weight, a.fer2013, a.fer2013_weight, b.fer2013, b.fer2013_weight);
  head(out.ferplus, out.ferplus_weight, a.ferplus, a.ferplus_weight, b.ferplus, b.ferplus_weight);
  return out;
}

Target taught_target(const Target& target, const Lesson& lesson, float taught) {
  Target out = target;
  out.fer2013 = between(target.fer2013, lesson.fer2013, taught);
  out.ferplus = between(target.ferplus, lesson.ferplus, taught);
  return out;
}

}  // namespace harmonic::train
