#include "recommend/target.h"

#include <algorithm>

#include "affect/circumplex.h"
#include "recommend/targets.h"

namespace harmonic::recommend {

namespace {

double on_the_way(float from, float to) {
  return static_cast<double>(from) +
         kStepToGoal * (static_cast<double>(to) - static_cast<double>(from));
}

ValenceArousal part_of_the_way(ValenceArousal mood, ValenceArousal goal) {
  return ValenceArousal::clamped(on_the_way(mood.valence(), goal.valence()),
                                 on_the_way(mood.arousal(), goal.arousal()));
}

/// Toward the strategy's general goal.
ValenceArousal general_aim(ValenceArousal mood, Strategy strategy, ValenceArousal goal) {
  const auto way = part_of_the_way(mood, goal);
  const auto valence = static_cast<double>(std::max(mood.valence(), way.valence()));
  switch (strategy) {
    case Strategy::kMatch: return mood;
    case Strategy::kLift:
      return ValenceArousal::clamped(valence,
                                     static_cast<double>(std::max(mood.arousal(), way.arousal())));
    case Strategy::kCalm:
      return ValenceArousal::clamped(valence,
                                     static_cast<double>(std::min(mood.arousal(), way.arousal())));
    case Strategy::kFocus: return goal;
  }
  return mood;
}

/// Grows without bound at the place itself, and is 0 from `reach` on.
double nearness(double away, double reach) {
  if (away >= reach) return 0;
  const double root = (reach - away) / (reach * std::max(away, 1e-6));
  return root * root;
}

}  // namespace

ValenceArousal aim(ValenceArousal mood, Strategy strategy) {
  return aim(mood, strategy, Targets{});
}

ValenceArousal aim(ValenceArousal mood, Strategy strategy, const Targets& targets) {
  const auto general = general_aim(mood, strategy, targets.goal(strategy));
  if (!targets.has_own(strategy)) return general;
  constexpr auto kReach = static_cast<double>(kExpressionReach);
  double weights = 1 / (kReach * kReach);  // of no expression
  double valence = 0, arousal = 0;         // of what the expressions' goals add to `general`
  for (const auto name : affect::kEmotionNames) {
    const auto emotion = *affect::emotion_named(name);
    const auto away = static_cast<double>(distance(mood, affect::point_of(emotion)));
    const double weight = nearness(away, kReach);
    weights += weight;
    const auto goal = targets.goal(emotion, strategy);
    if (!goal) continue;
    const bool whole_way = strategy == Strategy::kMatch || strategy == Strategy::kFocus;
    const auto own = whole_way ? *goal : part_of_the_way(mood, *goal);
    valence += weight * static_cast<double>(own.valence() - general.valence());
    arousal += weight * static_cast<double>(own.arousal() - general.arousal());
  }
  return ValenceArousal::clamped(static_cast<double>(general.valence()) + valence / weights,
                                 static_cast<double>(general.arousal()) + arousal / weights);
}

ValenceArousal aim(affect::Emotion emotion, Strategy strategy) {
  return aim(affect::point_of(emotion), strategy);
}

}  // namespace harmonic::recommend
