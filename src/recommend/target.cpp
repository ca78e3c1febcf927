#include "recommend/target.h"

#include <algorithm>

#include "affect/circumplex.h"

namespace harmonic::recommend {

namespace {

double on_the_way(float from, float to) {
  return static_cast<double>(from) +
         kStepToGoal * (static_cast<double>(to) - static_cast<double>(from));
}

}  // namespace

ValenceArousal aim(ValenceArousal mood, Strategy strategy) {
  const auto goal = strategy == Strategy::kLift ? lift_goal() : calm_goal();
  const double valence = on_the_way(mood.valence(), goal.valence());
  const double arousal = on_the_way(mood.arousal(), goal.arousal());
  const double own_valence = mood.valence();
  const double own_arousal = mood.arousal();
  switch (strategy) {
    case Strategy::kMatch: return mood;
    case Strategy::kLift:
      return ValenceArousal::clamped(std::max(own_valence, valence),
                                     std::max(own_arousal, arousal));
    case Strategy::kCalm:
      return ValenceArousal::clamped(std::max(own_valence, valence),
                                     std::min(own_arousal, arousal));
  }
  return mood;
}

ValenceArousal aim(affect::Emotion emotion, Strategy strategy) {
  return aim(affect::point_of(emotion), strategy);
}

}  // namespace harmonic::recommend
