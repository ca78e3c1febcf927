// bandittrial/trial.h - the policies on the same streams, and what they earn.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "bandit/wishes.h"
#include "bandittrial/stream.h"

namespace harmonic::bandittrial {

enum class Policy : std::uint8_t {
  kRandom,
  kNearness,  ///< the recommender that does not learn: the song nearest in mood (and sound)
  kGreedy,    ///< the bandit without exploring
  kLinUcb,    ///< its mean and one deviation more
  kThompson,  ///< Wishes::explore alone: what is learned
  kMixed,     ///< what ships: kNearness with the same as the part "wish" of its score
  kOracle,    ///< the song that the listener will most probably hear to the end
};
inline constexpr std::array<std::string_view, 7> kPolicyNames{
    "random", "nearness", "greedy", "linucb", "bandit", "mixed", "oracle"};
inline constexpr std::size_t kPolicies = kPolicyNames.size();

/// A mean over listeners and the bounds of 95 % of its bootstrap samples.
struct Band {
  double mean = 0.0;
  double low = 0.0;
  double high = 0.0;
};

/// Expected rewards by listener and step, means over the seeds.
using Rewards = std::vector<std::vector<double>>;
struct Curves {
  std::array<Rewards, kPolicies> heard;    ///< of the songs that were heard
  std::array<Rewards, kPolicies> unheard;  ///< of those that would have been, of songs never heard
};

/// `seeds` streams for each listener; each policy learns anew on each. The same arguments give the
/// same curves.
[[nodiscard]] Curves run(const recommend::Snapshot& songs, const std::vector<Listener>& listeners,
                         const StreamPlan& plan, std::size_t seeds, const bandit::Plan& constants);

/// Of each step over the listeners. 1,000 samples.
[[nodiscard]] std::vector<Band> bands_of(const Rewards& curves);

/// Mean reward of each listener over the steps from `first` to before `last`.
[[nodiscard]] std::vector<double> means_of(const Rewards& curves, std::size_t first,
                                           std::size_t last);

/// Two-sided permutation test of paired values: the share of 20,000 random exchanges within the
/// pairs whose mean difference is at least as far from 0; at least 1 in 20,001.
/// Source  Good, "Permutation, Parametric and Bootstrap Tests of Hypotheses", 3rd ed. (2005)
[[nodiscard]] double p_of_pairs(const std::vector<double>& a, const std::vector<double>& b);

/// From here on the bandit is compared.
inline constexpr std::size_t kLearned = 20;
/// The wish flips here, and what is earned kRecovery plays later tells of recovery.
inline constexpr std::size_t kFlip = 60;
inline constexpr std::size_t kRecovery = 30;

/// A policy that learns, against kNearness on the same streams, paired by listener.
struct Verdict {
  double p = 1.0;        ///< p_of_pairs() over the steps from kLearned on, before a flip
  double ahead = 0.0;    ///< share of the listeners with whom it earns more
  double p_after = 1.0;  ///< of the last ten of the kRecovery steps after a flip; 1 without one
};

/// Of one set of songs, heard or never heard.
struct Comparison {
  std::array<std::vector<Band>, kPolicies> curves;
  std::array<double, kPolicies> learned{};  ///< mean reward from kLearned on, before a flip
  Verdict bandit;                           ///< of kThompson
  Verdict mixed;                            ///< of kMixed
  /// Of kThompson around a flip, means of ten steps: before it, right after it, and the last of the
  /// kRecovery after it. 0 without a flip.
  double before = 0.0;
  double stalled = 0.0;
  double after = 0.0;
  /// Of what it earned above kRandom before the flip, the share that it earns again.
  double regained = 0.0;
  /// What it had earned as long after its start as `after` is after the flip: who has recovered
  /// earns that again.
  double fresh = 0.0;
};

/// Figures of one protocol.
struct Figures {
  std::size_t listeners = 0;
  Comparison heard;
  Comparison unheard;
};

[[nodiscard]] Figures measure(const Corpus& corpus, const std::vector<Listener>& listeners,
                              Protocol protocol, std::size_t seeds,
                              const bandit::Plan& constants = {});

/// Listeners by turns: of three the first chooses the constants, the others are reported.
struct Parts {
  std::vector<Listener> choosing;
  std::vector<Listener> reported;
};
[[nodiscard]] Parts part(const std::vector<Listener>& listeners);

/// What a choice of constants earns: mean rewards of the greedy policy, LinUCB and Thompson.
struct Tried {
  bandit::Plan plan;
  std::array<double, 3> wish{};    ///< songs never heard, from kLearned on, flip included
  std::array<double, 3> heard{};   ///< the same of the songs that were heard
  std::array<double, 3> liking{};  ///< songs never heard, from kLearned on
  double regained = 0.0;           ///< Comparison::regained of the songs heard
};
[[nodiscard]] std::vector<Tried> try_constants(
    const Corpus& corpus, const std::vector<Listener>& choosing, std::size_t seeds,
    const std::function<void(std::size_t done, std::size_t all)>& on_step = {});

}  // namespace harmonic::bandittrial
