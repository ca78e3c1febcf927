#include "bandittrial/trial.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "base/dice.h"
#include "recommend/score.h"
#include "recommend/traits.h"

namespace harmonic::bandittrial {

namespace {

using bandit::Wishes;
using recommend::Snapshot;

constexpr std::uint64_t kSeedOfDraws = 0xD1CE;

/// The recommender as it is for somebody of whom nothing is known.
class Nearness {
 public:
  Nearness(const Snapshot& songs, ValenceArousal mood) : scorer_{songs, mood, {}, {}} {}

  double operator()(std::size_t song) const {
    return static_cast<double>(recommend::Scorer::total(scorer_.shares(song, {}), 0.0F));
  }

 private:
  recommend::Scorer scorer_;
};

/// Everything a policy may look at.
struct View {
  const Snapshot& songs;
  const std::vector<bandit::Traits>& traits;
  const Wishes& wishes;
  std::uint64_t seed = 0;
};

std::function<double(const Step::Offer&)> score_of(Policy policy, const Step& step,
                                                   const View& view) {
  switch (policy) {
    case Policy::kRandom: return [](const auto&) { return 0.0; };  // the offers are in no order
    case Policy::kNearness:
      return
          [near = Nearness{view.songs, step.mood}](const auto& offer) { return near(offer.song); };
    case Policy::kLinUcb:
      return [&](const auto& offer) {
        const auto guess = view.wishes.guess(step.mood, view.traits[offer.song]);
        return guess.mean + guess.deviation;
      };
    case Policy::kGreedy:
    case Policy::kThompson: {
      const auto outlook = policy == Policy::kGreedy ? view.wishes.outlook(step.mood)
                                                     : view.wishes.explore(step.mood, view.seed);
      return [outlook, &view](const auto& offer) {
        return static_cast<double>(outlook.score(view.traits[offer.song]));
      };
    }
    case Policy::kMixed:
      return [outlook = view.wishes.explore(step.mood, view.seed),
              near = Nearness{view.songs, step.mood}, &view](const auto& offer) {
        const recommend::Weights weights;
        const float off = outlook.score(view.traits[offer.song]) - recommend::kNotKnown;
        return near(offer.song) + static_cast<double>(weights[recommend::Part::kWish] * off);
      };
    case Policy::kOracle: break;
  }
  return [](const auto& offer) { return offer.finished; };
}

const Step::Offer& best_of(const std::vector<Step::Offer>& offers,
                           const std::function<double(const Step::Offer&)>& score) {
  std::size_t best = 0;
  double highest = -1e9;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const double value = score(offers[i]);
    if (value <= highest) continue;
    highest = value;
    best = i;
  }
  return offers[best];
}

/// What a choice is worth before chance decides how the play ends.
double expected_reward(const Step::Offer& offer) {
  using bandit::Ending;
  const double skipped = bandit::reward_of(Ending::kSkipped, 0.5F);
  const double finished = (1.0 - offer.liked) * bandit::reward_of(Ending::kFinished, 1.0F) +
                          offer.liked * bandit::reward_of(Ending::kLiked, 1.0F);
  return offer.finished * finished + (1.0 - offer.finished) * skipped;
}

bool learns(Policy policy) {
  return policy == Policy::kGreedy || policy == Policy::kLinUcb || policy == Policy::kThompson ||
         policy == Policy::kMixed;
}

std::vector<bandit::Traits> traits_of_all(const Snapshot& songs) {
  std::vector<bandit::Traits> traits;
  traits.reserve(songs.size());
  for (std::size_t i = 0; i < songs.size(); ++i) traits.push_back(recommend::traits_of(songs, i));
  return traits;
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

Curves run(const Snapshot& songs, const std::vector<Listener>& listeners, const StreamPlan& plan,
           std::size_t seeds, const bandit::Plan& constants) {
  const auto traits = traits_of_all(songs);
  Curves curves;
  for (auto* rewards : {&curves.heard, &curves.unheard})
    rewards->fill(Rewards(listeners.size(), std::vector<double>(plan.length)));
  const auto share = 1.0 / static_cast<double>(seeds);
  for (std::size_t who = 0; who < listeners.size(); ++who) {
    for (std::size_t seed = 0; seed < seeds; ++seed) {
      const auto stream = make_stream(listeners[who], plan, who * 1000 + seed);
      for (std::size_t p = 0; p < kPolicies; ++p) {
        const auto policy = static_cast<Policy>(p);
        Wishes wishes{constants};
        for (std::size_t i = 0; i < stream.size(); ++i) {
          const View view{songs, traits, wishes, seed * 1000 + i};
          const auto score = score_of(policy, stream[i], view);
          const auto& offer = best_of(stream[i].offers, score);
          curves.heard.at(p)[who][i] += share * expected_reward(offer);
          curves.unheard.at(p)[who][i] +=
              share * expected_reward(best_of(stream[i].unheard, score));
          if (learns(policy)) wishes.learn(stream[i].hearing(offer, traits[offer.song]));
        }
      }
    }
  }
  return curves;
}

std::vector<Band> bands_of(const Rewards& curves) {
  constexpr std::size_t kSamples = 1000;
  std::vector<Band> bands(curves.front().size());
  Dice dice{kSeedOfDraws};
  std::vector<std::vector<double>> samples(bands.size());
  for (std::size_t s = 0; s < kSamples; ++s) {
    std::vector<double> sums(bands.size());
    for (std::size_t i = 0; i < curves.size(); ++i) {
      const auto& drawn = curves[dice.below(curves.size())];
      std::transform(sums.begin(), sums.end(), drawn.begin(), sums.begin(), std::plus{});
    }
    for (std::size_t step = 0; step < sums.size(); ++step)
      samples[step].push_back(sums[step] / static_cast<double>(curves.size()));
  }
  for (std::size_t step = 0; step < bands.size(); ++step) {
    std::sort(samples[step].begin(), samples[step].end());
    double sum = 0.0;
    for (const auto& curve : curves) sum += curve[step];
    bands[step] = {sum / static_cast<double>(curves.size()), samples[step][kSamples / 40],
                   samples[step][kSamples - 1 - kSamples / 40]};
  }
  return bands;
}

std::vector<double> means_of(const Rewards& curves, std::size_t first, std::size_t last) {
  std::vector<double> means;
  means.reserve(curves.size());
  for (const auto& curve : curves) {
    const auto begin = curve.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = curve.begin() + static_cast<std::ptrdiff_t>(last);
    means.push_back(std::accumulate(begin, end, 0.0) / static_cast<double>(last - first));
  }
  return means;
}

double p_of_pairs(const std::vector<double>& a, const std::vector<double>& b) {
  constexpr int kExchanges = 20'000;
  std::vector<double> differences(a.size());
  std::transform(a.begin(), a.end(), b.begin(), differences.begin(), std::minus{});
  const double seen = std::abs(std::accumulate(differences.begin(), differences.end(), 0.0));
  Dice dice{kSeedOfDraws};
  int as_far = 0;
  for (int k = 0; k < kExchanges; ++k) {
    double sum = 0.0;
    for (const double difference : differences) sum += dice.chance(0.5F) ? difference : -difference;
    // The sum of the same numbers in another order of signs is off by rounding.
    if (std::abs(sum) >= seen - 1e-12) ++as_far;
  }
  return (1.0 + as_far) / (1.0 + kExchanges);
}

namespace {

constexpr std::size_t kLastTen = kFlip + kRecovery - 10;

Verdict judge(Policy policy, const std::array<Rewards, kPolicies>& rewards,
              const StreamPlan& plan) {
  const auto& policys = rewards.at(static_cast<std::size_t>(policy));
  const auto& nearness = rewards.at(static_cast<std::size_t>(Policy::kNearness));
  const std::size_t end = plan.flip.value_or(plan.length);
  const auto ours = means_of(policys, kLearned, end);
  const auto theirs = means_of(nearness, kLearned, end);
  Verdict verdict;
  verdict.p = p_of_pairs(ours, theirs);
  const auto ahead = std::inner_product(ours.begin(), ours.end(), theirs.begin(), 0.0, std::plus{},
                                        [](double a, double b) { return a > b ? 1.0 : 0.0; });
  verdict.ahead = ahead / static_cast<double>(ours.size());
  if (plan.flip) {
    verdict.p_after = p_of_pairs(means_of(policys, kLastTen, kLastTen + 10),
                                 means_of(nearness, kLastTen, kLastTen + 10));
  }
  return verdict;
}

Comparison compare(const std::array<Rewards, kPolicies>& rewards, const StreamPlan& plan) {
  const std::size_t end = plan.flip.value_or(plan.length);
  Comparison made;
  for (std::size_t p = 0; p < kPolicies; ++p) {
    made.curves.at(p) = bands_of(rewards.at(p));
    made.learned.at(p) = mean_of(means_of(rewards.at(p), kLearned, end));
  }
  const auto& learner = rewards.at(static_cast<std::size_t>(Policy::kThompson));
  made.bandit = judge(Policy::kThompson, rewards, plan);
  made.mixed = judge(Policy::kMixed, rewards, plan);
  if (plan.flip) {
    const auto& chance = rewards.at(static_cast<std::size_t>(Policy::kRandom));
    const auto ten_from = [](const Rewards& of, std::size_t first) {
      return mean_of(means_of(of, first, first + 10));
    };
    made.before = ten_from(learner, kFlip - 10);
    made.stalled = ten_from(learner, kFlip);
    made.after = ten_from(learner, kLastTen);
    made.fresh = ten_from(learner, kRecovery - 10);
    made.regained =
        (made.after - ten_from(chance, kLastTen)) / (made.before - ten_from(chance, kFlip - 10));
  }
  return made;
}

}  // namespace

Figures measure(const Corpus& corpus, const std::vector<Listener>& listeners, Protocol protocol,
                std::size_t seeds, const bandit::Plan& constants) {
  StreamPlan plan;
  plan.protocol = protocol;
  plan.length = kFlip + kRecovery + 10;
  if (protocol == Protocol::kWish) plan.flip = kFlip;
  const auto curves = run(corpus.songs, listeners, plan, seeds, constants);
  return {listeners.size(), compare(curves.heard, plan), compare(curves.unheard, plan)};
}

Parts part(const std::vector<Listener>& listeners) {
  Parts parts;
  for (std::size_t i = 0; i < listeners.size(); ++i)
    (i % 3 == 0 ? parts.choosing : parts.reported).push_back(listeners[i]);
  return parts;
}

std::vector<Tried> try_constants(const Corpus& corpus, const std::vector<Listener>& choosing,
                                 std::size_t seeds,
                                 const std::function<void(std::size_t, std::size_t)>& on_step) {
  std::vector<bandit::Plan> plans;
  for (const double taste : {0.15, 0.3}) {
    for (const double mood : {0.2, 0.4, 0.8}) {
      for (const double sound : {0.05, 0.1, 0.2}) {
        for (const double noise : {0.15, 0.25}) {
          for (const double half_life : {6.0, 12.0, 25.0})
            plans.push_back({0.5, taste, mood, sound, noise, half_life});
        }
      }
    }
  }
  std::vector<Tried> tried;
  const auto from_learned = [](const std::vector<Band>& curve) {
    const double sum =
        std::accumulate(curve.begin() + kLearned, curve.end(), 0.0,
                        [](double so_far, const Band& band) { return so_far + band.mean; });
    return sum / static_cast<double>(curve.size() - kLearned);
  };
  for (const auto& plan : plans) {
    const auto wish = measure(corpus, choosing, Protocol::kWish, seeds, plan);
    const auto liking = measure(corpus, choosing, Protocol::kLiking, seeds, plan);
    Tried one{plan, {}, {}, {}, wish.heard.regained};
    for (std::size_t i = 0; i < one.wish.size(); ++i) {
      const auto p = static_cast<std::size_t>(Policy::kGreedy) + i;
      one.wish.at(i) = from_learned(wish.unheard.curves.at(p));
      one.heard.at(i) = from_learned(wish.heard.curves.at(p));
      one.liking.at(i) = liking.unheard.learned.at(p);
    }
    tried.push_back(one);
    if (on_step) on_step(tried.size(), plans.size());
  }
  return tried;
}

}  // namespace harmonic::bandittrial
