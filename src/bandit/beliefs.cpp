#include "bandit/beliefs.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace harmonic::bandit {

namespace {

struct Words {
  Trait trait;
  const char* more;
  const char* less;
  double usual;  ///< the trait's usual deviation over songs
};
constexpr std::array<Words, 4> kWords{{{Trait::kValence, "happy-sounding", "sad-sounding", 0.4},
                                       {Trait::kArousal, "lively", "quiet", 0.4},
                                       {Trait::kTempo, "fast", "slow", 0.35},
                                       {Trait::kLoudness, "loud", "soft", 0.4}}};

/// In the order of mood_place().
struct Place {
  const char* words;
  double valence, arousal;
};
constexpr std::array<Place, kMoodPlaces> kPlaces{{{"neither up nor down", 0.0, 0.0},
                                                  {"happy and lively", 0.6, 0.6},
                                                  {"tense or angry", -0.6, 0.6},
                                                  {"sad and calm", -0.6, -0.6},
                                                  {"calm and content", 0.6, -0.6}}};

/// Below this a usual difference between songs changes the reward too little to speak of.
constexpr double kWorthAWord = 0.02;
constexpr std::size_t kMostWords = 2;

/// What one trait does in one mood.
struct Lean {
  const Words* words = nullptr;
  double steps = 0.0;  ///< slope in its own standard deviations; its sign says which way
};

constexpr std::array<double, 3> kSteps{1.2816, 1.96, 2.5758};  // 90, 97.5, 99.5 % one-sided

std::vector<Lean> leans_in(const Wishes& wishes, const Place& place) {
  const auto mood = ValenceArousal::clamped(place.valence, place.arousal);
  std::vector<Lean> leans;
  for (const auto& words : kWords) {
    const auto slope = wishes.slope(mood, words.trait);
    if (slope.deviation <= 0.0 || std::abs(slope.mean) * words.usual < kWorthAWord) continue;
    const double steps = slope.mean / slope.deviation;
    if (std::abs(steps) >= kSteps.front()) leans.push_back({&words, steps});
  }
  std::sort(leans.begin(), leans.end(),
            [](const Lean& a, const Lean& b) { return std::abs(a.steps) > std::abs(b.steps); });
  return leans;
}

Belief belief_of(const char* mood, std::vector<Lean> leans, std::uint64_t songs) {
  leans.resize(std::min(leans.size(), kMostWords));
  Belief belief{mood, {}, {}, static_cast<std::size_t>(songs), Sureness::kVery};
  for (const auto& lean : leans) {
    belief.prefers.emplace_back(lean.steps > 0 ? lean.words->more : lean.words->less);
    belief.over.emplace_back(lean.steps > 0 ? lean.words->less : lean.words->more);
    const auto reached = static_cast<std::size_t>(std::count_if(
        kSteps.begin(), kSteps.end(), [&](double step) { return std::abs(lean.steps) >= step; }));
    belief.sureness = std::min(belief.sureness, static_cast<Sureness>(reached - 1));
  }
  return belief;
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

constexpr const char* kAnyMood = "any mood";

/// Whoever was heard in one mood alone may want the opposite in the others.
bool heard_in_many_moods(const Wishes& wishes) {
  const auto& plays = wishes.plays();
  const auto places = std::count_if(plays.begin() + 1, plays.end(),
                                    [](std::uint32_t count) { return count >= kFewestPlays; });
  return plays.front() >= kFewestPlays || places >= 2;
}

}  // namespace

std::string_view name_of(Sureness sureness) {
  constexpr std::array<std::string_view, 3> kNames{"fairly sure", "sure", "very sure"};
  return kNames.at(static_cast<std::size_t>(sureness));
}

std::string Belief::text() const {
  const auto when =
      mood == kAnyMood ? std::string{"Whatever your mood, "} : "When you are " + mood + " ";
  return when + "you let " + joined(prefers) + " songs play to the end rather than " +
         joined(over) + " ones (" + std::to_string(songs) + " songs, " +
         std::string{name_of(sureness)} + ").";
}

std::vector<Belief> beliefs_of(const Wishes& wishes) {
  std::vector<Belief> beliefs;
  std::vector<Lean> general;
  if (heard_in_many_moods(wishes)) general = leans_in(wishes, kPlaces.front());
  // What a mood turns round does not hold in any.
  std::array<std::vector<Lean>, kMoodPlaces> special;
  for (std::size_t p = 1; p < kMoodPlaces; ++p) {
    if (wishes.plays().at(p) < kFewestPlays) continue;
    special.at(p) = leans_in(wishes, kPlaces.at(p));
    for (const auto& lean : special.at(p)) {
      std::erase_if(general, [&](const Lean& one) {
        return one.words == lean.words && (one.steps > 0) != (lean.steps > 0);
      });
    }
  }
  if (!general.empty()) beliefs.push_back(belief_of(kAnyMood, general, wishes.all_plays()));
  for (std::size_t p = 1; p < kMoodPlaces; ++p) {
    auto& leans = special.at(p);
    std::erase_if(leans, [&](const Lean& lean) {
      return std::any_of(general.begin(), general.end(),
                         [&](const Lean& one) { return one.words == lean.words; });
    });
    if (!leans.empty())
      beliefs.push_back(belief_of(kPlaces.at(p).words, leans, wishes.plays().at(p)));
  }
  return beliefs;
}

}  // namespace harmonic::bandit
