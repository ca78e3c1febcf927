// affect/smoother.h - readings over time made into one mood that neither twitches nor invents.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

#include "affect/emotion.h"
#include "base/valence_arousal.h"

namespace harmonic::affect {

/// What the face has shown lately.
struct Mood {
  EmotionScores scores{};          ///< weighted mean of the readings, sums to 1
  ValenceArousal point;            ///< of `scores`
  float uncertainty = 0;           ///< spread_of(scores), circumplex.h
  std::optional<Emotion> emotion;  ///< the expression named to people; none while none stands out

  /// Why no expression is named, in the word of docs/protocol.md; empty when one is.
  [[nodiscard]] std::string_view reason() const { return emotion ? std::string_view{} : kUnsure; }
};

/// One face's mood. The numbers are a mean in which old readings fade and poor ones count less. The
/// name is held until the evidence for another is enough: a rival gathers evidence while it leads
/// the named expression by more than `lead`, loses it while it does not, and takes the name at
/// `proof`. With a new name begins a new mean, of the readings since the rival began to lead.
///
/// Source  Page, "Continuous inspection schemes", Biometrika 41 (1954), 100-115 (the cumulative
///         sum); of all tests with as few false alarms it is the quickest to see a change:
///         Moustakides, Annals of Statistics 14 (1986), 1379-1387. The constants: decision 0061.
/// Threads  one at a time.
class Smoother {
 public:
  using Seconds = std::chrono::duration<double>;

  struct Settings {
    Seconds half_life{0.7};      ///< a reading this old counts half
    float lead = 0.10F;          ///< of a rival's score over the named one's, to gather evidence
    Seconds proof{0.20};         ///< evidence that takes the name away: lead beyond `lead` x time
    Seconds first_proof{0.10};   ///< the same where nothing is named yet
    float enter = 0.35F;         ///< score above which evidence for a first name is gathered
    float leave = 0.30F;         ///< score below which evidence against the named one is gathered
    Seconds longest_step{0.15};  ///< a single reading stands for no longer than this
    Seconds absent{0.7};         ///< without a reading for so long there is no mood
  };

  Smoother() : Smoother(Settings{}) {}
  explicit Smoother(const Settings& settings) : settings_{settings} {}

  /// `at` counts from any fixed moment and grows; a call that does not is ignored. No `scores`: the
  /// picture held no face that can be read; memory fades and nothing is put in its place. `weight`
  /// in [0, 1] is how well the face could be seen (face::quality_of); 0 is no reading.
  void observe(Seconds at, const std::optional<EmotionScores>& scores, float weight = 1.0F);

  /// Another face is looked at from now on: what was seen is forgotten.
  void restart();

  /// Nothing before the first reading, and again when there was none for `absent`.
  [[nodiscard]] const std::optional<Mood>& mood() const { return mood_; }

 private:
  /// A mean in the making.
  struct Memory {
    std::array<double, kEmotionCount> sum{};
    double weight = 0;

    void add(const EmotionScores& scores, double amount);
    void fade(double share);
  };
  struct Rival {
    double evidence = 0;
    Memory since;  ///< its evidence began
  };
  static constexpr std::size_t kNobody = kEmotionCount;  ///< the rival "nothing stands out"

  void fade_to(Seconds at);
  void weigh(const EmotionScores& scores, double amount, double step);
  [[nodiscard]] double gain(std::size_t rival, const EmotionScores& scores) const;
  void describe();

  Settings settings_;
  std::optional<Seconds> last_;       ///< call
  std::optional<Seconds> last_read_;  ///< call with a reading
  Memory memory_;
  std::array<Rival, kEmotionCount + 1> rivals_{};
  std::size_t named_ = kNobody;
  std::optional<Mood> mood_;
};

}  // namespace harmonic::affect
