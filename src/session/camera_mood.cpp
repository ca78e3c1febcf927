#include "session/camera_mood.h"

#include <cmath>

namespace harmonic::session {

void CameraMood::see(double at_ms, const std::optional<Expression>& expression) {
  if (last_ms_ && at_ms <= *last_ms_) return;
  const double fade = last_ms_ ? std::exp2(-(at_ms - *last_ms_) / kHalfLifeMs) : 0.0;
  last_ms_ = at_ms;
  weight_ *= fade;
  valence_ *= fade;
  arousal_ *= fade;
  for (float& score : sum_.scores) score = static_cast<float>(score * fade);
  if (!expression) return;
  weight_ += 1.0;
  valence_ += expression->point.valence();
  arousal_ += expression->point.arousal();
  for (std::size_t i = 0; i < sum_.scores.size(); ++i) {
    sum_.scores.at(i) += expression->scores.at(i);
  }
}

std::optional<Expression> CameraMood::now() const {
  if (weight_ < kForgotten) return std::nullopt;
  Expression mean = sum_;
  for (float& score : mean.scores) score = static_cast<float>(score / weight_);
  mean.point = ValenceArousal::clamped(valence_ / weight_, arousal_ / weight_);
  return mean;
}

}  // namespace harmonic::session
