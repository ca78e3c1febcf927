// affect/smoother.h - readings over time made into one mood that neither twitches nor invents.
#pragma once

#include <chrono>
#include <optional>

#include "affect/emotion.h"
#include "base/valence_arousal.h"

namespace harmonic::affect {

/// What the face has shown lately.
struct Mood {
  EmotionScores scores{};          ///< weighted mean, sums to 1
  ValenceArousal point;            ///< of `scores`
  std::optional<Emotion> emotion;  ///< the expression named to people; none while none stands out
};

/// Threads  one at a time.
class Smoother {
 public:
  using Seconds = std::chrono::duration<double>;

  struct Settings {
    Seconds half_life{0.7};   ///< evidence this old counts half
    float enter = 0.45F;      ///< mean score from which an expression may be named
    float leave = 0.30F;      ///< below it a name is taken away
    Seconds dwell{0.4};       ///< another expression must lead for so long before it is named
    double forgotten = 0.05;  ///< share of a full view's evidence below which there is no mood
  };

  Smoother() : Smoother(Settings{}) {}
  explicit Smoother(const Settings& settings) : settings_{settings} {}

  /// `at` counts from any fixed moment and grows; a call that does not is ignored. No `scores`: the
  /// picture held no face that can be read; memory fades and nothing is put in its place.
  void observe(Seconds at, const std::optional<EmotionScores>& scores);

  /// Nothing before the first reading, and again once the evidence has faded away.
  [[nodiscard]] const std::optional<Mood>& mood() const { return mood_; }

 private:
  void fade_to(Seconds at);
  void name(Seconds at);

  Settings settings_;
  std::optional<Seconds> last_;
  EmotionScores sum_{};
  double weight_ = 0.0;  ///< in readings, the newest counting one
  std::optional<Emotion> rival_;
  Seconds rival_since_{0};
  std::optional<Mood> mood_;
};

}  // namespace harmonic::affect
