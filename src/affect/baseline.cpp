#include "affect/baseline.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace harmonic::affect {

namespace {

constexpr float kLeastShare = 1e-4F;  // below it a share is noise, and its logarithm is louder

float log_odds(const EmotionScores& scores, std::size_t emotion) {
  return std::log(std::max(scores.at(emotion), kLeastShare) /
                  std::max(scores.front(), kLeastShare));
}

struct Course {
  float mean = 0, deviation = 0;
};

Course course_of(std::span<const EmotionScores> rest, std::size_t emotion) {
  double sum = 0, squares = 0;
  for (const auto& scores : rest) {
    const auto odds = static_cast<double>(log_odds(scores, emotion));
    sum += odds;
    squares += odds * odds;
  }
  const auto count = static_cast<double>(rest.size());
  const double mean = sum / count;
  return {static_cast<float>(mean),
          static_cast<float>(std::sqrt(std::max(0.0, squares / count - mean * mean)))};
}

}  // namespace

Result<Baseline> Baseline::learn(std::span<const EmotionScores> rest) {
  static_assert(static_cast<std::size_t>(Emotion::kNeutral) == 0);
  if (rest.size() < kFewest) {
    return fail(ErrorKind::kInvalidInput,
                "the face could be read only " + std::to_string(rest.size()) + " times, of " +
                    std::to_string(kFewest) + " that are needed: face the light and try again");
  }
  Baseline baseline;
  for (std::size_t i = 1; i < kEmotionCount; ++i) {
    const auto [mean, deviation] = course_of(rest, i);
    if (mean > kNoRest) {
      return fail(ErrorKind::kInvalidInput, "that face was clearly " +
                                                std::string{kEmotionNames.at(i)} +
                                                ": rest your face and try again");
    }
    // What never comes near neutral may tremble as it likes.
    if (deviation > kUnsteady && mean + deviation > kAtRest) {
      return fail(ErrorKind::kInvalidInput,
                  "the face did not keep still: rest for three seconds and try again");
    }
    baseline.correction_.at(i) = -std::clamp(mean - kAtRest, 0.0F, kMost);
  }
  return baseline;
}

EmotionScores Baseline::apply(const EmotionScores& scores) const {
  EmotionScores corrected{};
  std::transform(scores.begin(), scores.end(), correction_.begin(), corrected.begin(),
                 [](float share, float by) { return share * std::exp(by); });
  const float sum = std::accumulate(corrected.begin(), corrected.end(), 0.0F);
  if (!(sum > 0)) return scores;
  for (float& share : corrected) share /= sum;
  return corrected;
}

}  // namespace harmonic::affect
