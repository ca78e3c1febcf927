// identity/trial.h - how often a recogniser is right, and how often it takes a stranger for
// somebody.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "identity/people.h"
#include "identity/recogniser.h"

namespace harmonic::identity {

/// Features of every picture of some people.
[[nodiscard]] std::vector<Listener> features_of(const Recogniser& recogniser,
                                                const std::vector<Person>& people);

/// One question to a household: what was answered, and what is so.
struct Asked {
  double score = 0;
  bool enrolled = false;  ///< the person is a listener
  bool right = false;     ///< and the nearest listener is that person
};

/// `enrolled` people, drawn by `seed`, give `pictures` of theirs, drawn as well; all that is left
/// of them and as much of everybody else's is asked for. More people than `enrolled` bring
/// strangers.
struct Household {
  std::size_t enrolled = 20;
  std::size_t pictures = 5;
};
[[nodiscard]] std::vector<Asked> ask(const Recogniser& recogniser,
                                     const std::vector<Listener>& people,
                                     const Household& household, std::uint32_t seed);

/// The least score that at most `rate` of the strangers' questions reach.
[[nodiscard]] double threshold_for(std::span<const Asked> asked, double rate);

/// Shares in [0, 1] at a threshold. `rank1`: of listeners, the nearest is right, whatever the
/// score. `listeners`: right and above the threshold. `strangers`: above the threshold.
struct Shares {
  double rank1 = 0, listeners = 0, strangers = 0;
};
[[nodiscard]] Shares shares_at(std::span<const Asked> asked, double threshold);

/// The rate at which as many strangers pass as listeners fail, over all pairs of people: everybody
/// enrols with the first picture, everybody's second is compared with each. Two pictures each.
[[nodiscard]] double equal_error_rate(const Recogniser& recogniser,
                                      const std::vector<Listener>& people);

}  // namespace harmonic::identity
