// recommend/targets.h - where each strategy leads to, for a listener to change.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "affect/emotion.h"
#include "base/result.h"
#include "base/valence_arousal.h"
#include "recommend/target.h"

namespace harmonic::recommend {

/// The goal of each strategy from anywhere, and goals of their own from some expressions.
class Targets {
 public:
  /// The general goals of target.h, none of any expression.
  Targets();

  /// Reads lines "from strategy valence arousal", where `from` is an expression or "any"; "#" and
  /// what follows it is skipped. What no line names stays as in Targets().
  /// Errors  kInvalidInput, with `name` and the line's number: a word or number that is none, a
  ///         place out of the plane, a goal named twice, "any match".
  [[nodiscard]] static Result<Targets> read(std::string_view text, std::string_view name);

  /// kMatch has no goal: the neutral middle.
  [[nodiscard]] ValenceArousal goal(Strategy strategy) const;
  [[nodiscard]] std::optional<ValenceArousal> goal(affect::Emotion from, Strategy strategy) const;
  /// Whether any expression has a goal of its own with this strategy.
  [[nodiscard]] bool has_own(Strategy strategy) const;

 private:
  using Goals = std::array<std::optional<ValenceArousal>, kStrategyNames.size()>;
  Goals general_;
  std::array<Goals, affect::kEmotionCount> own_;
};

}  // namespace harmonic::recommend
