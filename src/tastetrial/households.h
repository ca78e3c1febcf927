// tastetrial/households.h - how much a few listeners help each other, drawn from a published set.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tastetrial/figures.h"
#include "tastetrial/sets.h"

namespace harmonic::tastetrial {

/// Methods on households of one size.
struct HouseholdFigures {
  std::size_t size = 0;        ///< listeners of a household
  std::size_t households = 0;  ///< in all splits
  std::size_t counted = 0;     ///< listeners of whom songs were held back
  struct Method {
    std::string method;
    std::array<Interval, kFigureNames.size()> figures{};
  };
  std::vector<Method> methods;  ///< random, popularity, neighbours, company
};

/// Listeners are put together by chance, `size` at a time, the rest left out, anew for each seed;
/// each household learns from what is left of its own listeners' plays and from nothing else. One
/// song in kPart of each is held back, whether or not another of the house plays it. Strangers are
/// less alike than a real household, so what helps here helps there.
[[nodiscard]] HouseholdFigures measure_households(const TasteSet& set, std::size_t size,
                                                  std::size_t seeds);

}  // namespace harmonic::tastetrial
