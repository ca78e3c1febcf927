#include "affect/smoother.h"

#include <algorithm>
#include <cmath>

#include "affect/circumplex.h"

namespace harmonic::affect {

void Smoother::observe(Seconds at, const std::optional<EmotionScores>& scores) {
  if (last_ && at <= *last_) return;
  fade_to(at);
  if (scores) {
    for (std::size_t i = 0; i < kEmotionCount; ++i) sum_.at(i) += scores->at(i);
    weight_ += 1.0;
  }
  if (weight_ < settings_.forgotten) {
    mood_.reset();
    rival_.reset();
    return;
  }
  if (!mood_) mood_.emplace();
  for (std::size_t i = 0; i < kEmotionCount; ++i) {
    mood_->scores.at(i) = static_cast<float>(static_cast<double>(sum_.at(i)) / weight_);
  }
  mood_->point = point_of(mood_->scores);
  name(at);
}

void Smoother::fade_to(Seconds at) {
  if (last_) {
    const double fade = std::exp2(-((at - *last_) / settings_.half_life));
    weight_ *= fade;
    for (float& value : sum_) value = static_cast<float>(static_cast<double>(value) * fade);
  }
  last_ = at;
}

// A name is kept until it falls below `leave` or another leads above `enter` for `dwell`.
void Smoother::name(Seconds at) {
  const auto& scores = mood_->scores;
  const auto score = [&scores](Emotion e) { return scores.at(static_cast<std::size_t>(e)); };
  const auto* const top = std::max_element(scores.begin(), scores.end());
  const auto leader = static_cast<Emotion>(top - scores.begin());
  auto& named = mood_->emotion;
  if (named && score(*named) < settings_.leave) named.reset();
  if (named == leader || *top < settings_.enter) {
    rival_.reset();
    return;
  }
  if (rival_ != leader) {
    rival_ = leader;
    rival_since_ = at;
  }
  if (at - rival_since_ >= settings_.dwell) {
    named = leader;
    rival_.reset();
  }
}

}  // namespace harmonic::affect
