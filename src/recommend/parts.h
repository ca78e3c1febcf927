// recommend/parts.h - what a score is made of, and how much each part weighs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace harmonic::recommend {

/// Each part of a score lies in [0, 1] before it is weighed; what is not known counts as the
/// middle.
enum class Part : std::uint8_t {
  kMood,     ///< nearness to the target: 1 at the target, falling with the square of the distance
  kSound,    ///< likeness to the music that this library has at the target
  kHabit,    ///< plays, likes and skips of this song by this listener
  kWish,     ///< Signals::wish: what this listener is thought to want in this mood
  kTaste,    ///< Signals::taste: what listeners alike play
  kNovelty,  ///< never heard is 1, heard often near 0; a weight below 0 asks for the familiar
  kChance,   ///< a draw by Options::seed; without a seed it weighs nothing
};
inline constexpr std::size_t kParts = 7;
inline constexpr std::array<std::string_view, kParts> kPartNames{
    "mood", "sound", "habit", "wish", "taste", "novelty", "chance"};

/// One number for each part, in the order of Part.
using PartValues = std::array<float, kParts>;

/// The shares of the parts in a score. The defaults are ours, see docs/recommend.md.
class Weights {
 public:
  Weights() : Weights{{0.62F, 0.08F, 0.12F, 0.10F, 0.06F, 0.0F, 0.02F}} {}

  /// Of any finite size: their sizes are divided by their sum. Only novelty may be below 0.
  /// Errors  kInvalidInput: not finite, below 0, or nothing weighs anything.
  [[nodiscard]] static Result<Weights> of(const PartValues& sizes);
  /// "mood=6,habit=2": the parts that are named, the others as they are in `base`; a "*" in front
  /// ("*,mood=1") sets the others to 0.
  /// Errors  kInvalidInput: no such part, no number, and those of of().
  [[nodiscard]] static Result<Weights> read(std::string_view text, const Weights& base);

  /// In [-1, 1]; the sizes add up to 1.
  [[nodiscard]] float operator[](Part part) const {
    return shares_[static_cast<std::size_t>(part)];
  }
  /// "mood=0.73,sound=0.1,..." as read() takes it.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Weights&, const Weights&) = default;

 private:
  explicit Weights(const PartValues& shares) : shares_{shares} {}

  PartValues shares_;
};

}  // namespace harmonic::recommend
