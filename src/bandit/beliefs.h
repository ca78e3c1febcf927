// bandit/beliefs.h - what was learned of a listener, in words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bandit/wishes.h"

namespace harmonic::bandit {

/// How far the sign of a slope may be trusted: the posterior gives it at least 90, 97.5, 99.5 %.
enum class Sureness : std::uint8_t { kFairly, kSure, kVery };

/// "When you are sad and calm you let quiet, slow songs play to the end (12 songs, fairly sure)."
struct Belief {
  std::string mood;                  ///< "sad and calm"; "any mood" where it holds in all
  std::vector<std::string> prefers;  ///< "quiet", "slow": at most two
  std::vector<std::string> over;     ///< "loud", "fast": their opposites
  std::size_t songs = 0;             ///< plays in that mood that it rests on
  Sureness sureness = Sureness::kFairly;

  [[nodiscard]] std::string text() const;
};

[[nodiscard]] std::string_view name_of(Sureness sureness);

/// Nothing is said of a mood in which fewer songs were heard.
inline constexpr std::uint32_t kFewestPlays = 5;

/// What holds in any mood first, then what differs in single moods. Empty without evidence.
[[nodiscard]] std::vector<Belief> beliefs_of(const Wishes& wishes);

}  // namespace harmonic::bandit
