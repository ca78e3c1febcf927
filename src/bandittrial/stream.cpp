#include "bandittrial/stream.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/dice.h"

namespace harmonic::bandittrial {

namespace {

/// All that one listener said of one song.
struct Opinion {
  std::size_t song = 0;
  double valence = 0.0;  ///< felt, means over the answers
  double arousal = 0.0;
  double liking = 0.0;
  double answers = 0.0;
};

std::vector<Opinion> opinions_of(const std::vector<Answer>& answers) {
  std::map<std::size_t, Opinion> all;
  for (const auto& answer : answers) {
    auto& one = all[answer.song];
    one.song = answer.song;
    one.answers += 1;
    one.valence += static_cast<double>(answer.felt.valence());
    one.arousal += static_cast<double>(answer.felt.arousal());
    one.liking += static_cast<double>(answer.liking);
  }
  std::vector<Opinion> opinions;
  opinions.reserve(all.size());
  for (auto& [song, one] : all) {
    one.valence /= one.answers;
    one.arousal /= one.answers;
    one.liking /= one.answers;
    opinions.push_back(one);
  }
  return opinions;
}

/// `count` of them, each at most once.
std::vector<Opinion> some_of(std::vector<Opinion> all, std::size_t count, Dice& dice) {
  count = std::min(count, all.size());
  for (std::size_t i = 0; i < count; ++i) std::swap(all[i], all[i + dice.below(all.size() - i)]);
  all.resize(count);
  return all;
}

/// +1: more of the same, -1: the opposite; by quarter of the plane.
using Wish = std::array<double, 4>;

std::size_t quarter_of(ValenceArousal mood) {
  return (mood.valence() < 0 ? 1U : 0U) + (mood.arousal() < 0 ? 2U : 0U);
}

constexpr double kWishWeight = 0.6;
constexpr double kLikingWeight = 0.25;
constexpr double kSurprises = 0.05;  // nobody always does what he wishes

Step::Offer offer_of(const Opinion& opinion, ValenceArousal mood, const Wish& wish) {
  const auto length = static_cast<double>(std::hypot(mood.valence(), mood.arousal()));
  const double along = (static_cast<double>(mood.valence()) * opinion.valence +
                        static_cast<double>(mood.arousal()) * opinion.arousal) /
                       length;
  const double finished =
      0.5 + kWishWeight * wish.at(quarter_of(mood)) * along + kLikingWeight * opinion.liking;
  return {opinion.song, std::clamp(finished, kSurprises, 1.0 - kSurprises),
          std::max(0.0, opinion.liking)};
}

/// Somewhere in a quarter of the plane, away from its axes.
ValenceArousal some_mood(Dice& dice) {
  const auto coordinate = [&] {
    const auto size = static_cast<double>(dice.between(0.3F, 0.9F));
    return dice.chance(0.5F) ? size : -size;
  };
  const double valence = coordinate();
  return ValenceArousal::clamped(valence, coordinate());
}

/// Whether a song is heard or only judged: of each stream another half.
using Halves = std::array<std::vector<Opinion>, 2>;

Halves halves_of(const std::vector<Opinion>& opinions, const std::set<std::size_t>& heard) {
  Halves halves;
  for (const auto& opinion : opinions)
    halves.at(heard.contains(opinion.song) ? 0 : 1).push_back(opinion);
  return halves;
}

std::set<std::size_t> heard_half(const std::vector<Opinion>& opinions, Dice& dice) {
  std::set<std::size_t> heard;
  for (const auto& opinion : some_of(opinions, opinions.size() / 2, dice))
    heard.insert(opinion.song);
  return heard;
}

template <typename MakeOffer>
void fill(Step& step, const Halves& halves, std::size_t count, Dice& dice, MakeOffer make_offer) {
  for (const auto& opinion : some_of(halves[0], count, dice))
    step.offers.push_back(make_offer(opinion));
  for (const auto& opinion : some_of(halves[1], count, dice))
    step.unheard.push_back(make_offer(opinion));
}

Stream wish_stream(const Listener& listener, const StreamPlan& plan, Dice& dice) {
  const auto opinions = opinions_of(listener.answers);
  const auto halves = halves_of(opinions, heard_half(opinions, dice));
  Wish wish{};
  for (double& sign : wish) sign = dice.chance(0.5F) ? 1.0 : -1.0;
  Stream stream;
  stream.reserve(plan.length);
  for (std::size_t i = 0; i < plan.length; ++i) {
    if (plan.flip == i) {
      for (double& sign : wish) sign = -sign;
    }
    Step step{some_mood(dice), {}, {}, dice.unit(), dice.unit()};
    fill(step, halves, plan.offers, dice,
         [&](const Opinion& opinion) { return offer_of(opinion, step.mood, wish); });
    stream.push_back(std::move(step));
  }
  return stream;
}

Stream liking_stream(const Listener& listener, const StreamPlan& plan, Dice& dice) {
  const auto heard = heard_half(opinions_of(listener.answers), dice);
  std::map<int, Halves> by_mood;
  for (int mood = 1; mood <= 5; ++mood) {
    std::vector<Answer> same;
    std::copy_if(listener.answers.begin(), listener.answers.end(), std::back_inserter(same),
                 [mood](const Answer& answer) { return answer.mood == mood; });
    by_mood[mood] = halves_of(opinions_of(same), heard);
  }
  // A mood in which one of the halves is empty has nothing to choose from.
  std::erase_if(by_mood, [](const auto& of_mood) {
    return of_mood.second[0].size() < 2 || of_mood.second[1].size() < 2;
  });
  std::vector<int> moods;
  for (const auto& answer : listener.answers) {
    if (by_mood.contains(answer.mood)) moods.push_back(answer.mood);
  }
  Stream stream;
  stream.reserve(plan.length);
  for (std::size_t i = 0; i < plan.length; ++i) {
    const int mood = moods[dice.below(moods.size())];
    Step step{ValenceArousal::clamped((mood - 3) / 2.0, 0.0), {}, {}, dice.unit(), dice.unit()};
    fill(step, by_mood.at(mood), plan.offers, dice, [](const Opinion& opinion) {
      return Step::Offer{opinion.song, 0.5 + 0.5 * opinion.liking, std::max(0.0, opinion.liking)};
    });
    stream.push_back(std::move(step));
  }
  return stream;
}

}  // namespace

bandit::Hearing Step::hearing(const Offer& offer, const bandit::Traits& song) const {
  using bandit::Ending;
  const auto draw = static_cast<double>(chance);
  if (draw >= offer.finished) return {mood, song, Ending::kSkipped, when};
  const bool also_liked = draw < offer.finished * offer.liked;
  return {mood, song, also_liked ? Ending::kLiked : Ending::kFinished, 1.0F};
}

std::vector<Listener> usable(const std::vector<Listener>& listeners) {
  std::vector<Listener> some;
  std::copy_if(listeners.begin(), listeners.end(), std::back_inserter(some),
               [](const Listener& listener) {
                 std::set<std::size_t> songs;
                 for (const auto& answer : listener.answers) songs.insert(answer.song);
                 return songs.size() >= kFewestSongs;
               });
  return some;
}

Stream make_stream(const Listener& listener, const StreamPlan& plan, std::uint64_t seed) {
  Dice dice{seed};
  return plan.protocol == Protocol::kWish ? wish_stream(listener, plan, dice)
                                          : liking_stream(listener, plan, dice);
}

}  // namespace harmonic::bandittrial
