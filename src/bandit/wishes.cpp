#include "bandit/wishes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/dice.h"

namespace harmonic::bandit {

namespace {

using Mean = Wishes::Mean;

constexpr double kLateSkip = 0.4;
constexpr double kNotNowReward = 0.25;

std::array<double, kMoods> mood_row(ValenceArousal mood) {
  const auto valence = static_cast<double>(mood.valence());
  const auto arousal = static_cast<double>(mood.arousal());
  return {1.0, valence, arousal, 2.0 * valence * arousal};
}

Mean features_of(ValenceArousal mood, const Traits& song) {
  const auto row = mood_row(mood);
  Mean features{};
  for (std::size_t m = 0; m < kMoods; ++m) {
    for (std::size_t t = 0; t < kTraits; ++t)
      features[m * kTraits + t] = row[m] * static_cast<double>(song[t]);
  }
  return features;
}

double dot(const Mean& a, const Mean& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

Mean product(const Wishes::Covariance& covariance, const Mean& vector) {
  Mean result{};
  for (std::size_t i = 0; i < kWeights; ++i) {
    const auto* const row = covariance.begin() + static_cast<std::ptrdiff_t>(i * kWeights);
    result[i] = std::inner_product(vector.begin(), vector.end(), row, 0.0);
  }
  return result;
}

/// What a play says once the expectation is known: a skip at most its reward, the rest at least.
double told(Ending ending, double reward, double expected) {
  const bool at_most = ending == Ending::kSkipped || ending == Ending::kNotNow;
  const double held = std::clamp(expected, 0.0, 1.0);
  return at_most ? std::min(reward, held) : std::max(reward, held);
}

/// The covariance of the weights of the traits in one mood: f64 [kTraits, kTraits].
using TraitSquare = std::array<double, kTraits * kTraits>;

TraitSquare in_mood(const Wishes::Covariance& covariance, const std::array<double, kMoods>& row) {
  TraitSquare square{};
  for (std::size_t a = 0; a < kMoods; ++a) {
    for (std::size_t b = 0; b < kMoods; ++b) {
      for (std::size_t i = 0; i < kTraits; ++i) {
        for (std::size_t j = 0; j < kTraits; ++j)
          square[i * kTraits + j] +=
              row[a] * row[b] * covariance[(a * kTraits + i) * kWeights + b * kTraits + j];
      }
    }
  }
  return square;
}

/// The lower triangle L of L L' = square; a direction of no width stays 0.
TraitSquare root_of(const TraitSquare& square) {
  TraitSquare root{};
  for (std::size_t i = 0; i < kTraits; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double left = square[i * kTraits + j];
      for (std::size_t k = 0; k < j; ++k) left -= root[i * kTraits + k] * root[j * kTraits + k];
      const double pivot = root[j * kTraits + j];
      if (i == j)
        root[i * kTraits + j] = std::sqrt(std::max(0.0, left));
      else
        root[i * kTraits + j] = pivot > 1e-12 ? left / pivot : 0.0;
    }
  }
  return root;
}

}  // namespace

double reward_of(Ending ending, float heard) {
  switch (ending) {
    case Ending::kSkipped: return kLateSkip * static_cast<double>(std::clamp(heard, 0.0F, 1.0F));
    case Ending::kNotNow: return kNotNowReward;
    case Ending::kFinished: return 0.8;
    case Ending::kReplayed: return 0.9;
    case Ending::kLiked: return 1.0;
  }
  return 0.5;
}

std::size_t mood_place(ValenceArousal mood) {
  constexpr float kMiddle = 0.25F;
  if (std::hypot(mood.valence(), mood.arousal()) < kMiddle) return 0;
  if (mood.arousal() >= 0) return mood.valence() >= 0 ? 1 : 2;
  return mood.valence() < 0 ? 3 : 4;
}

double prior_variance(const Plan& plan, std::size_t weight) {
  const double spread = weight % kTraits >= kPortableTraits ? plan.sound_spread
                        : weight < kTraits                  ? plan.taste_spread
                                                            : plan.mood_spread;
  return spread * spread;
}

Wishes::Wishes(const Plan& plan) : plan_{plan} {
  mean_[0] = plan.prior_mean;
  for (std::size_t i = 0; i < kWeights; ++i)
    covariance_[i * kWeights + i] = prior_variance(plan, i);
}

void Wishes::learn(const Hearing& hearing) {
  forget_a_little();
  const auto features = features_of(hearing.mood, hearing.song);
  const double reward =
      told(hearing.ending, reward_of(hearing.ending, hearing.heard), dot(mean_, features));
  if (hearing.ending == Ending::kNotNow)
    learn_mood_alone(features, reward);
  else
    learn_all(features, reward);
  ++plays_.at(mood_place(hearing.mood));
}

void Wishes::forget_a_little() {
  const double kept = std::exp2(-1.0 / plan_.half_life);
  for (double& value : covariance_) value *= kept;
  for (std::size_t i = 0; i < kWeights; ++i)
    covariance_[i * kWeights + i] += (1.0 - kept) * prior_variance(plan_, i);
}

void Wishes::learn_all(const Mean& features, double reward) {
  const auto along = product(covariance_, features);
  const double variance = dot(features, along) + plan_.noise * plan_.noise;
  const double surprise = reward - dot(mean_, features);
  for (std::size_t i = 0; i < kWeights; ++i) {
    mean_[i] += along[i] * surprise / variance;
    for (std::size_t j = 0; j < kWeights; ++j)
      covariance_[i * kWeights + j] -= along[i] * along[j] / variance;
  }
}

void Wishes::learn_mood_alone(const Mean& features, double reward) {
  Mean of_mood = features;
  std::fill_n(of_mood.begin(), kTraits, 0.0);
  auto along = product(covariance_, of_mood);
  std::fill_n(along.begin(), kTraits, 0.0);
  const double variance = dot(of_mood, along) + plan_.noise * plan_.noise;
  const double surprise = reward - dot(mean_, features);
  for (std::size_t i = 0; i < kWeights; ++i) mean_[i] += along[i] * surprise / variance;
}

Guess Wishes::guess(ValenceArousal mood, const Traits& song) const {
  const auto features = features_of(mood, song);
  const double variance = dot(features, product(covariance_, features));
  return {dot(mean_, features), std::sqrt(std::max(0.0, variance))};
}

Guess Wishes::slope(ValenceArousal mood, Trait trait) const {
  Traits one{};
  one.at(static_cast<std::size_t>(trait)) = 1.0F;
  return guess(mood, one);
}

Outlook Wishes::outlook(ValenceArousal mood) const {
  const auto row = mood_row(mood);
  Outlook outlook;
  for (std::size_t t = 0; t < kTraits; ++t) {
    double sum = 0.0;
    for (std::size_t m = 0; m < kMoods; ++m) sum += row[m] * mean_[m * kTraits + t];
    outlook.weights[t] = static_cast<float>(sum);
  }
  return outlook;
}

Outlook Wishes::explore(ValenceArousal mood, std::uint64_t seed, float most) const {
  auto outlook = this->outlook(mood);
  const auto root = root_of(in_mood(covariance_, mood_row(mood)));
  Dice dice{seed};
  std::array<double, kTraits> draw{};
  std::generate(draw.begin(), draw.end(), [&] { return static_cast<double>(dice.normal()); });
  std::array<double, kTraits> step{};
  double squares = 0.0;
  for (std::size_t i = 0; i < kTraits; ++i) {
    for (std::size_t j = 0; j <= i; ++j) step[i] += root[i * kTraits + j] * draw[j];
    squares += step[i] * step[i];
  }
  // |step . song| <= |step| |song|.
  const double longest = std::sqrt(squares) * static_cast<double>(longest_traits());
  const double held =
      longest > static_cast<double>(most) ? static_cast<double>(most) / longest : 1.0;
  for (std::size_t i = 0; i < kTraits; ++i)
    outlook.weights[i] += static_cast<float>(held * step[i]);
  return outlook;
}

std::uint64_t Wishes::all_plays() const {
  return std::accumulate(plays_.begin(), plays_.end(), std::uint64_t{0});
}

Wishes Wishes::portable() const {
  Wishes other{plan_};
  other.plays_ = plays_;
  const auto travels = [](std::size_t weight) { return weight % kTraits < kPortableTraits; };
  for (std::size_t i = 0; i < kWeights; ++i) {
    if (!travels(i)) continue;
    other.mean_[i] = mean_[i];
    for (std::size_t j = 0; j < kWeights; ++j) {
      if (travels(j)) other.covariance_[i * kWeights + j] = covariance_[i * kWeights + j];
    }
  }
  return other;
}

}  // namespace harmonic::bandit
