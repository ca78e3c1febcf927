#include "affect/smoother.h"

#include <algorithm>
#include <cmath>

#include "affect/circumplex.h"

namespace harmonic::affect {

void Smoother::Memory::add(const EmotionScores& scores, double amount) {
  for (std::size_t i = 0; i < kEmotionCount; ++i) {
    sum.at(i) += amount * static_cast<double>(scores.at(i));
  }
  weight += amount;
}

void Smoother::Memory::fade(double share) {
  for (double& value : sum) value *= share;
  weight *= share;
}

void Smoother::observe(Seconds at, const std::optional<EmotionScores>& scores, float weight) {
  if (last_ && at <= *last_) return;
  fade_to(at);
  const auto amount = std::clamp(static_cast<double>(weight), 0.0, 1.0);
  if (scores && amount > 0) {
    // The first reading has lasted no time yet.
    const Seconds step =
        last_read_ ? std::min(at - *last_read_, settings_.longest_step) : Seconds{};
    last_read_ = at;
    memory_.add(*scores, amount);
    weigh(*scores, amount, step.count());
    describe();
  } else if (last_read_ && at - *last_read_ >= settings_.absent) {
    restart();
  }
}

void Smoother::restart() {
  const auto last = last_;
  *this = Smoother{settings_};
  last_ = last;
}

void Smoother::fade_to(Seconds at) {
  if (last_read_ && at - *last_read_ >= settings_.absent) restart();
  if (last_) {
    const double share = std::exp2(-((at - *last_) / settings_.half_life));
    memory_.fade(share);
    for (Rival& rival : rivals_) rival.since.fade(share);
  }
  last_ = at;
}

// Evidence that one second of these scores would bring to `rival`; negative when it takes some.
double Smoother::gain(std::size_t rival, const EmotionScores& scores) const {
  if (rival == kNobody) return static_cast<double>(settings_.leave - scores.at(named_));
  if (named_ == kNobody) return static_cast<double>(scores.at(rival) - settings_.enter);
  return static_cast<double>(scores.at(rival) - scores.at(named_) - settings_.lead);
}

void Smoother::weigh(const EmotionScores& scores, double amount, double step) {
  std::size_t best = named_;
  for (std::size_t i = 0; i < rivals_.size(); ++i) {
    if (i == named_) continue;
    Rival& rival = rivals_.at(i);
    rival.evidence += amount * step * gain(i, scores);
    if (rival.evidence <= 0) {
      rival = {};
      continue;
    }
    rival.since.add(scores, amount);
    if (best == named_ || rival.evidence > rivals_.at(best).evidence) best = i;
  }
  const Seconds needed = named_ == kNobody ? settings_.first_proof : settings_.proof;
  if (best == named_ || rivals_.at(best).evidence < needed.count()) return;
  memory_ = rivals_.at(best).since;
  named_ = best;
  rivals_ = {};
}

void Smoother::describe() {
  Mood mood;
  for (std::size_t i = 0; i < kEmotionCount; ++i) {
    mood.scores.at(i) = static_cast<float>(memory_.sum.at(i) / memory_.weight);
  }
  mood.point = point_of(mood.scores);
  mood.uncertainty = spread_of(mood.scores);
  if (named_ != kNobody) mood.emotion = static_cast<Emotion>(named_);
  mood_ = mood;
}

}  // namespace harmonic::affect
