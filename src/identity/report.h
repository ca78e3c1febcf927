// identity/report.h - what each recogniser is worth, on people it never learned from.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "identity/people.h"
#include "identity/recogniser.h"

namespace harmonic::identity {

/// The rate of strangers' questions that the threshold lets pass, on the muxspace people who choose
/// it, in households of twenty listeners with one picture each. Ten times below what is allowed on
/// ORL, since a house's camera is not the press photographers'.
inline constexpr double kFalseAccepts = 0.001;
inline constexpr std::size_t kEnrolled = 20;
inline constexpr std::size_t kSmallHouse = 5;

/// Draws a threshold at kFalseAccepts over 100 households.
[[nodiscard]] double choose_threshold(const Recogniser& recogniser,
                                      const std::vector<Person>& people);

/// Mean over draws, and the standard deviation between them.
struct Figure {
  double mean = 0, spread = 0;
};

/// Shares in [0, 1].
struct HouseholdFigures {
  Figure strangers, listeners;
};

struct RecogniserFigures {
  std::string name;
  double threshold = 0;
  Figure rank1;                 ///< ORL: 40 people enrolled, 5 pictures each
  HouseholdFigures orl;         ///< ORL: 20 people enrolled, 20 strangers
  HouseholdFigures orl_small;   ///< ORL: 5 people enrolled, 35 strangers
  HouseholdFigures muxspace;    ///< held-out people: 20 enrolled with one picture
  double equal_error_rate = 0;  ///< held-out people of muxspace, one picture against one
};

/// Ten draws each, seeds 0 to 9.
[[nodiscard]] RecogniserFigures measure(const Recogniser& recogniser, double threshold,
                                        const std::vector<Person>& orl,
                                        const std::vector<Person>& held_out);

}  // namespace harmonic::identity
