// tastetrial/trial.h - every method on every split of a set.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "taste/blend.h"
#include "tastetrial/figures.h"
#include "tastetrial/sets.h"

namespace harmonic::tastetrial {

inline constexpr std::size_t kPart = 5;  ///< one song in so many of each listener is held back

/// What a method did, as a mean over the splits.
struct MethodFigures {
  std::string method;
  std::array<Interval, kFigureNames.size()> figures{};
  double coverage = 0.0;
  double learning_seconds = 0.0;      ///< by the clock on the wall
  double learning_cpu_seconds = 0.0;  ///< of all threads together
};

struct SetFigures {
  std::string set;
  std::size_t listeners = 0;  ///< all, counted or not
  std::size_t songs = 0;
  std::size_t plays = 0;
  std::size_t counted = 0;  ///< listeners of whom songs were held back
  std::size_t splits = 0;
  std::vector<MethodFigures> methods;
  std::vector<taste::Share> shares;  ///< of `ours`, in the last split
};

/// (method that is being learned, steps done, steps in all).
using OnStep = std::function<void(std::string_view method, std::size_t done, std::size_t all)>;

/// Methods popularity, random, neighbours, ease, ials and ours (taste/blend.h). A set with a
/// published split has this one only; of others kPart and `seeds` make as many. The same whatever
/// `jobs`, but for the times. Errors  those of learn_blend.
[[nodiscard]] Result<SetFigures> measure(const TasteSet& set, std::size_t seeds, std::size_t jobs,
                                         const OnStep& on_step = {});

}  // namespace harmonic::tastetrial
