#include "identity/trial.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <utility>

namespace harmonic::identity {

namespace {

/// Numbers 0 .. count - 1 in an order that is the same with every standard library.
std::vector<std::size_t> shuffled(std::size_t count, std::mt19937& random) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  return order;
}

}  // namespace

std::vector<Listener> features_of(const Recogniser& recogniser, const std::vector<Person>& people) {
  std::vector<Listener> all;
  for (const auto& person : people) {
    Listener one{person.name, {}};
    for (const auto& portrait : person.portraits) {
      one.pictures.push_back(recogniser.features(portrait));
    }
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<Asked> ask(const Recogniser& recogniser, const std::vector<Listener>& people,
                       const Household& household, std::uint32_t seed) {
  std::mt19937 random{seed};
  const auto order = shuffled(people.size(), random);
  std::vector<Listener> enrolled;
  std::vector<std::pair<std::size_t, const Features*>> questions;  // place in the order, picture
  for (std::size_t place = 0; place < order.size(); ++place) {
    const Listener& person = people[order[place]];
    const auto pictures = shuffled(person.pictures.size(), random);
    if (place < household.enrolled) enrolled.push_back({person.name, {}});
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      const Features& picture = person.pictures[pictures[i]];
      if (i >= household.pictures) {
        questions.emplace_back(place, &picture);
      } else if (place < household.enrolled) {
        enrolled.back().pictures.push_back(picture);
      }
    }
  }
  std::vector<Asked> asked;
  for (const auto& [place, picture] : questions) {
    const auto scores = recogniser.scores(enrolled, *picture);
    const auto best = std::max_element(scores.begin(), scores.end());
    const bool right = static_cast<std::size_t>(best - scores.begin()) == place;
    asked.push_back({*best, place < enrolled.size(), right});
  }
  return asked;
}

double threshold_for(std::span<const Asked> asked, double rate) {
  std::vector<double> strangers;
  for (const auto& one : asked) {
    if (!one.enrolled) strangers.push_back(one.score);
  }
  std::sort(strangers.begin(), strangers.end(), std::greater<>{});
  const auto pass = static_cast<std::size_t>(rate * static_cast<double>(strangers.size()));
  if (pass >= strangers.size()) return -std::numeric_limits<double>::infinity();
  // Just above the first who must not pass.
  return std::nextafter(strangers[pass], std::numeric_limits<double>::infinity());
}

Shares shares_at(std::span<const Asked> asked, double threshold) {
  double listeners = 0, strangers = 0;
  Shares shares;
  for (const auto& one : asked) {
    const bool passes = one.score >= threshold;
    (one.enrolled ? listeners : strangers) += 1;
    if (one.enrolled && one.right) shares.rank1 += 1;
    if (one.enrolled && one.right && passes) shares.listeners += 1;
    if (!one.enrolled && passes) shares.strangers += 1;
  }
  shares.rank1 /= std::max(listeners, 1.0);
  shares.listeners /= std::max(listeners, 1.0);
  shares.strangers /= std::max(strangers, 1.0);
  return shares;
}

double equal_error_rate(const Recogniser& recogniser, const std::vector<Listener>& people) {
  std::vector<Listener> enrolled;
  enrolled.reserve(people.size());
  for (const auto& person : people) enrolled.push_back({person.name, {person.pictures.front()}});
  std::vector<double> same, other;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const auto scores = recogniser.scores(enrolled, people[i].pictures.at(1));
    for (std::size_t j = 0; j < scores.size(); ++j) (i == j ? same : other).push_back(scores[j]);
  }
  std::sort(same.begin(), same.end());
  std::sort(other.begin(), other.end());
  for (std::size_t i = 0; i < same.size(); ++i) {
    const double failing = static_cast<double>(i) / static_cast<double>(same.size());
    const auto pass = other.end() - std::lower_bound(other.begin(), other.end(), same[i]);
    const double passing = static_cast<double>(pass) / static_cast<double>(other.size());
    if (failing >= passing) return (failing + passing) / 2;
  }
  return 0;
}

}  // namespace harmonic::identity
