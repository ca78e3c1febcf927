// Module bandit: what one listener wants to hear in which mood, learned from how plays end.
//
//   mood x song (traits.h) + how the play ended -> Wishes -> one short vector for all songs
//
// Uses     base.  Used by recommend, bandittrial and the command `harmonic beliefs`.
// Threads  plain values; a function may be called from any thread.
// Read     traits.h, this, then beliefs.h (in words) and state.h (as bytes). docs/bandit.md has the
//          model, and the figures that its constants come from.
//
// bandit/wishes.h - the model and its learning.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "bandit/traits.h"
#include "base/valence_arousal.h"

namespace harmonic::bandit {

/// How a play ended, as far as it says something. A play that was stopped says nothing.
enum class Ending : std::uint8_t {
  kSkipped,
  kNotNow,    ///< "not now": no word against the song, one against it in this mood
  kFinished,  ///< heard to the end
  kReplayed,  ///< heard to the end again within kReplay (recommend/replay.h)
  kLiked,     ///< heard to the end, and liked
};

/// A song heard in a mood.
struct Hearing {
  ValenceArousal mood;
  Traits song{};
  Ending ending = Ending::kFinished;
  float heard = 1.0F;  ///< share of the song, [0, 1]; asked for a skip only
};

/// In [0, 1]: a skip 0 at the start of the song, rising to .4 at its end; "not now" .25; finished
/// .8, again .9, liked 1.
[[nodiscard]] double reward_of(Ending ending, float heard);

/// The constants; chosen by `harmonic eval bandit` on listeners that its figures leave out.
struct Plan {
  double prior_mean = 0.5;  ///< reward of a song of which nothing is known
  /// Prior standard deviations: of what a trait that every library has is worth in any mood, of
  /// what a mood of size 1 adds to that, and of both for the components of the sound.
  double taste_spread = 0.3;
  double mood_spread = 0.4;
  double sound_spread = 0.1;
  double noise = 0.15;    ///< standard deviation of a reward around its expectation
  double half_life = 12;  ///< songs after which half of what was sure is unsure again
  friend bool operator==(const Plan&, const Plan&) = default;
};

/// A mood is (1, valence, arousal, 2 valence arousal): with the last, each quarter of the plane can
/// wish in its own way. The model's features are its products with the traits.
inline constexpr std::size_t kMoods = 4;
inline constexpr std::size_t kWeights = kMoods * kTraits;

/// What a mood asks of songs: a song's expected reward is one short dot product.
struct Outlook {
  Traits weights{};

  /// In [0, 1].
  [[nodiscard]] float score(const Traits& song) const {
    float sum = 0;
    for (std::size_t i = 0; i < kTraits; ++i) sum += weights[i] * song[i];
    return sum < 0.0F ? 0.0F : sum > 1.0F ? 1.0F : sum;
  }
};

/// What is expected of one song: both in rewards, the mean not held within [0, 1].
struct Guess {
  double mean = 0.0;
  double deviation = 0.0;  ///< of the expectation itself, without the noise of a single play
};

/// No song's sampled score differs from its mean by more than this, unless the caller asks for less
/// (0: none at all) or more.
inline constexpr float kMostExploration = 0.3F;

/// Plays by parts of the plane, in the order of mood_place().
inline constexpr std::size_t kMoodPlaces = 5;
/// 0 the middle (within .25), 1 pleasant and lively, 2 unpleasant and lively, 3 unpleasant and
/// calm, 4 pleasant and calm.
[[nodiscard]] std::size_t mood_place(ValenceArousal mood);

/// A Gaussian over the weights: linear regression with a ridge prior, learned a play at a time.
///
/// * A skip says that a song is worth at most its reward, a finished play at least: a skip never
///   raises the mean of the skipped song in its mood, within [0, 1], and a finished play never
///   lowers it.
/// * "Not now" moves the weights of the mood alone and makes nothing surer.
/// * Before each play the covariance goes a step back to the prior, so that after Plan::half_life
///   plays half of the gain is lost; the mean stays, for forgetting is no evidence either way.
/// Source  ridge regression and Thompson sampling: Agrawal and Goyal, "Thompson sampling for
///         contextual bandits with linear payoffs", ICML 2013; the fading covariance as in a Kalman
///         filter: West and Harrison, "Bayesian Forecasting and Dynamic Models", 2nd ed. (1997)
class Wishes {
 public:
  using Mean = std::array<double, kWeights>;
  using Covariance = std::array<double, kWeights * kWeights>;  ///< row-major, symmetric

  explicit Wishes(const Plan& plan = {});
  /// What was learned before (state.h); `covariance` must be positive definite.
  Wishes(const Plan& plan, const Mean& mean, const Covariance& covariance,
         const std::array<std::uint32_t, kMoodPlaces>& plays)
      : plan_{plan}, mean_{mean}, covariance_{covariance}, plays_{plays} {}

  void learn(const Hearing& hearing);

  [[nodiscard]] Guess guess(ValenceArousal mood, const Traits& song) const;
  /// The mean, without exploring.
  [[nodiscard]] Outlook outlook(ValenceArousal mood) const;
  /// Weights drawn from the posterior, held so that no song's score differs from outlook() by more
  /// than `most`. The same wishes, mood and seed give the same draw. `most` >= 0.
  [[nodiscard]] Outlook explore(ValenceArousal mood, std::uint64_t seed,
                                float most = kMostExploration) const;
  /// What one more of a trait is worth in a mood.
  [[nodiscard]] Guess slope(ValenceArousal mood, Trait trait) const;

  /// How many plays it was learned from, by mood_place().
  [[nodiscard]] const std::array<std::uint32_t, kMoodPlaces>& plays() const { return plays_; }
  [[nodiscard]] std::uint64_t all_plays() const;

  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] const Mean& mean() const { return mean_; }
  [[nodiscard]] const Covariance& covariance() const { return covariance_; }

  /// Without the components of the sound, which belong to a library: for another one. Those are as
  /// unknown as at first.
  [[nodiscard]] Wishes portable() const;

  friend bool operator==(const Wishes&, const Wishes&) = default;

 private:
  void forget_a_little();
  void learn_all(const Mean& features, double reward);
  void learn_mood_alone(const Mean& features, double reward);

  Plan plan_;
  Mean mean_{};
  Covariance covariance_{};
  std::array<std::uint32_t, kMoodPlaces> plays_{};
};

/// The prior variance of a weight: kMoods rows of kTraits.
[[nodiscard]] double prior_variance(const Plan& plan, std::size_t weight);

}  // namespace harmonic::bandit
